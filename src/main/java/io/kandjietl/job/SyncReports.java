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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what is told of a run that ended well: from its record, and from what its steps left. */
final class SyncReports {

    private final StepReports steps;
    private final JdbcClient jdbc;
    private final Clock clock;

    SyncReports(StepReports steps, JdbcClient jdbc, Clock clock) {
        this.steps = steps;
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
                steps.absences(run).orElse(null),
                steps.details(run).orElse(null),
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
        return steps.held(run).orElse("more left at once than may without a person looking");
    }
}
