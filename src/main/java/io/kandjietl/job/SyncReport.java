package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.FleetSummary;
import io.kandjietl.warehouse.SyncRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended that did not fail, though the guard may have held back what it would have archived.
 *
 * @param kind what happened
 * @param slot the slot
 * @param run its record; null when there is none
 * @param summary the fleet as published; null unless this run is
 * @param absences what it did about devices that were not listed; null unless this run is published
 * @param details what it did about details; null unless this run is published
 * @param took how long this process worked on it
 * @param held that the guard held the archiving of devices back; null where it did not
 */
public record SyncReport(
        Kind kind,
        Slot slot,
        @Nullable SyncRun run,
        @Nullable FleetSummary summary,
        @Nullable AbsenceReport absences,
        @Nullable DetailsReport details,
        Duration took,
        @Nullable FailureException held) {

    /** What happened. */
    public enum Kind {
        /** This process published the run, or its files. */
        PUBLISHED,
        /** It was finished before. */
        ALREADY_FINISHED,
        /** A newer slot is published. */
        SUPERSEDED,
        /** Its slot passed before its listing was complete. */
        EXPIRED
    }
}
