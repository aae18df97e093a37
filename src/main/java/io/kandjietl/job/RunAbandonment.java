package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.RunEnd;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import java.time.Clock;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** Gives runs up for good. The tenant's lease must be held. For one thread. */
public final class RunAbandonment {

    private final SyncRuns runs;
    private final JobRepository repository;
    private final JobOperator operator;
    private final RunRecovery recovery;

    RunAbandonment(SyncRuns runs, JobRepository repository, JobOperator operator, Clock clock) {
        this.runs = runs;
        this.repository = repository;
        this.operator = operator;
        this.recovery = new RunRecovery(repository, operator, clock);
    }

    /**
     * Gives a run up, unless it is published or finished otherwise: nothing goes on with it any more, what it staged is
     * deleted, and whoever asks for its slot is told so, with 0.
     *
     * @return whether it was given up
     * @throws io.kandjietl.warehouse.LeaseLostException when another process took the tenant over
     */
    public boolean abandon(SyncRun run) {
        if (run.outcome() == Outcome.PUBLISHED || run.isFinished()) {
            return false;
        }
        JobInstance instance = repository.getJobInstance(run.run().runId());
        if (instance != null) {
            recovery.recover(instance);
        }
        // First: what Spring Batch holds abandoned it never starts again, and the record would still offer it.
        runs.end(run.run(), new RunEnd(Outcome.ABANDONED, ExitCode.OK.code(), null, null, null, true), 0);
        if (instance != null) {
            abandon(instance);
        }
        return true;
    }

    private void abandon(JobInstance instance) {
        JobExecution last = repository.getLastJobExecution(instance);
        if (last != null) {
            try {
                operator.abandon(last);
            } catch (JobExecutionAlreadyRunningException e) {
                throw new IllegalStateException("Run " + instance.getInstanceId() + " was just put right", e);
            }
        }
    }
}
