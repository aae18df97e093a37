package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.warehouse.FleetSummary;
import io.kandjietl.warehouse.SyncRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended that did not fail.
 *
 * @param kind what happened
 * @param slot the slot
 * @param run its record; null when there is none
 * @param summary the fleet as published; null unless this run is
 * @param details what it did about details; null unless this run is published
 * @param took how long this process worked on it
 * @param exitCode what the process ends with
 */
public record SyncReport(
        Kind kind,
        Slot slot,
        @Nullable SyncRun run,
        @Nullable FleetSummary summary,
        @Nullable DetailsReport details,
        Duration took,
        ExitCode exitCode) {

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
