package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.SyncRun;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How this process ended its work on a run, as it knows itself.
 *
 * @param report how it ended well; null where it did not
 * @param failure what it ends with; null where nothing failed and nothing was held back
 */
record RunResult(@Nullable SyncReport report, @Nullable FailureException failure) {

    /** What the process ends with. */
    int exitCode() {
        return (failure == null ? ExitCode.OK : failure.exitCode()).code();
    }

    /** The run's record as it was told; empty where there was none, or it failed. */
    Optional<SyncRun> record() {
        return Optional.ofNullable(report).map(SyncReport::run);
    }

    /**
     * How the run ended.
     *
     * @param recorded what its record says, which counts; null where there is none
     */
    String outcome(@Nullable Outcome recorded) {
        if (recorded != null && recorded != Outcome.RUNNING) {
            return recorded.code();
        }
        if (report != null) {
            return report.kind().name().toLowerCase(Locale.ROOT);
        }
        return failure == null
                ? Outcome.FAILED.code()
                : RunEnding.end(failure, null).outcome().code();
    }
}
