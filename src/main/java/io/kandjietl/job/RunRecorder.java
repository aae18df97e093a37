package io.kandjietl.job;

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

    RunRecorder(SyncRuns runs, Settings settings) {
        this.runs = runs;
        this.settings = settings;
    }

    @Override
    public void beforeJob(JobExecution execution) {
        runs.begin(SyncParameters.run(execution), settings.jobName(), settings.runBy());
    }
}
