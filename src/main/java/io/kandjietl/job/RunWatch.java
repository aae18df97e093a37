package io.kandjietl.job;

import io.kandjietl.warehouse.Run;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Remembers which run this process is at, for what is measured of it at its end. */
final class RunWatch implements JobExecutionListener {

    private volatile @Nullable JobExecution execution;

    @Override
    public void beforeJob(JobExecution begun) {
        execution = begun;
    }

    /** The run; empty where none was begun. */
    Optional<Run> run() {
        return Optional.ofNullable(execution).map(SyncParameters::run);
    }

    /** How long each step took that ended, in their order. */
    Map<String, Duration> steps() {
        Map<String, Duration> steps = new LinkedHashMap<>();
        JobExecution begun = execution;
        if (begun != null) {
            for (StepExecution step : begun.getStepExecutions()) {
                LocalDateTime start = step.getStartTime();
                LocalDateTime end = step.getEndTime();
                if (start != null && end != null) {
                    steps.put(step.getStepName(), Duration.between(start, end));
                }
            }
        }
        return steps;
    }
}
