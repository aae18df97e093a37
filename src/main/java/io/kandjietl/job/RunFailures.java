package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how runs failed. A database that is gone, or a lease that is lost, must not hide what failed first: then the next
 * process finds the run without an end.
 */
record RunFailures(SyncRuns runs, LedgerBudget budget) {

    private static final Logger log = LoggerFactory.getLogger(RunFailures.class);

    /**
     * Records it.
     *
     * @return the failure, with the command that goes on with the run
     */
    FailureException record(Run run, FailureException thrown, @Nullable String failedStep) {
        FailureException failure = RunEnding.withCommand(thrown, run.runId());
        try {
            runs.end(run, RunEnding.end(failure, failedStep), budget.unspent());
        } catch (RuntimeException e) {
            log.warn("Unable to record how run {} failed: {}", run.runId(), e.getMessage());
        }
        return failure;
    }

    /** As the other, for whatever run the slot has: where none was begun, there is nothing to record. */
    FailureException record(String tenant, Slot slot, FailureException thrown) {
        Optional<SyncRun> begun;
        try {
            begun = runs.findSlot(tenant, slot.instant());
        } catch (RuntimeException e) {
            log.warn("Unable to record how the run of slot {} failed: {}", slot, e.getMessage());
            return thrown;
        }
        return begun.map(run -> record(run.run(), thrown, null)).orElse(thrown);
    }
}
