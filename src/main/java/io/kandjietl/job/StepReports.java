package io.kandjietl.job;

import io.kandjietl.warehouse.Run;
import java.util.Optional;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What the steps of runs left in their contexts, for people. */
public final class StepReports {

    private final JobRepository repository;

    StepReports(JobRepository repository) {
        this.repository = repository;
    }

    /** What a run did about absent devices; empty where it did not come to it. */
    public Optional<AbsenceReport> absences(Run run) {
        return context(run, SyncJobConfiguration.CONFIRM_ABSENCES).map(AbsenceReport::of);
    }

    /** What a run did about details; empty where it did not come to it. */
    public Optional<DetailsReport> details(Run run) {
        return context(run, SyncJobConfiguration.EXTRACT_DETAILS).map(DetailsReport::of);
    }

    /** Why the guard held the archiving of devices back in a run; empty where it did not. */
    Optional<String> held(Run run) {
        return context(run, SyncJobConfiguration.PUBLISH_WAREHOUSE).flatMap(PublishWarehouseTasklet::held);
    }

    /** What the last execution of a run's step left in its context; empty where there is none. */
    private Optional<ExecutionContext> context(Run run, String step) {
        return Optional.ofNullable(repository.getJobInstance(run.runId()))
                .map(instance -> repository.getLastStepExecution(instance, step))
                .map(StepExecution::getExecutionContext);
    }
}
