package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.FleetSummary;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.SyncRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what is told of a run that ended well: from its record, and from what its steps left. */
final class SyncReports {

    private final JobRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    SyncReports(JobRepository repository, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The report of a run.
     *
     * @param record null where there is no run: its slot is over
     * @param begin when the command began
     */
    SyncReport report(SyncReport.Kind kind, Slot slot, @Nullable SyncRun record, Instant begin) {
        Duration took = Duration.between(begin, clock.instant());
        if (record == null || record.outcome() != Outcome.PUBLISHED) {
            return new SyncReport(kind, slot, record, null, null, null, took, null);
        }
        Run run = record.run();
        return new SyncReport(
                kind,
                slot,
                record,
                FleetSummary.of(jdbc, run),
                context(run, SyncJobConfiguration.CONFIRM_ABSENCES)
                        .map(AbsenceReport::of)
                        .orElse(null),
                context(run, SyncJobConfiguration.EXTRACT_DETAILS)
                        .map(DetailsReport::of)
                        .orElse(null),
                took,
                held(slot, record));
    }

    /** What a published run ends with where the guard held archiving back; null where it did not. */
    @Nullable
    FailureException held(Slot slot, SyncRun record) {
        return record.archivalHeld()
                ? new ArchivalHeldException(
                        slot, Objects.requireNonNullElse(record.devicesHeld(), 0L), whyHeld(record.run()))
                : null;
    }

    private String whyHeld(Run run) {
        return context(run, SyncJobConfiguration.PUBLISH_WAREHOUSE)
                .flatMap(PublishWarehouseTasklet::held)
                .orElse("more left at once than may without a person looking");
    }

    /** What the last execution of a run's step left in its context; empty where there is none. */
    private Optional<ExecutionContext> context(Run run, String step) {
        return Optional.ofNullable(repository.getJobInstance(run.runId()))
                .map(instance -> repository.getLastStepExecution(instance, step))
                .map(StepExecution::getExecutionContext);
    }
}
