package io.kandjietl.job;

import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.SyncRuns;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Records in {@code kandji.sync_run} that a process begins a run or goes on with it: before the first step, where a
 * failure fails the job. How the process ends is recorded by {@link SyncRunner}, after the job.
 */
final class RunRecorder implements JobExecutionListener {

    private final SyncRuns runs;
    private final Settings settings;
    private final LedgerBudget budget;

    RunRecorder(SyncRuns runs, Settings settings, LedgerBudget budget) {
        this.runs = runs;
        this.settings = settings;
        this.budget = budget;
    }

    @Override
    public void beforeJob(JobExecution execution) {
        Run run = SyncParameters.run(execution);
        LogFields.run(run.runId());
        runs.begin(run, settings.jobName(), settings.runBy());
        budget.beginRun(run.runId());
    }
}
