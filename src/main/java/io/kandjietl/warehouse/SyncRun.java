package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kandji.sync_run} says of a run. Counts are null until it is published.
 *
 * @param run the run
 * @param outcome how it stands
 * @param lakeManifest where its manifest is; null while it is not in the lake
 * @param devicesListed devices that the listing showed, rejected ones included
 * @param devicesRejected of these, the rejected ones
 * @param devicesChanged of these, the new and the changed ones
 * @param devicesArchived devices that it archived
 * @param devicesAbsent active devices that the listing did not show
 * @param devicesHeld devices whose archiving the guard held back
 * @param archivalHeld whether it held any back
 * @param assignmentsOpened assignment rows opened
 * @param assignmentsClosed assignment rows closed
 * @param detailsFetched details answers used
 * @param detailsUnknown active devices whose details were never answered
 * @param detailsOldestAsOf the oldest details of any active device; null while there are none
 * @param requestsUsed requests made, over all its processes
 * @param exitCode what its last process ended with; null while it runs
 * @param cause what failed; null when nothing did
 * @param remedy what to do; null when nothing is to be done
 * @param startedAt when it was first started
 */
public record SyncRun(
        Run run,
        Outcome outcome,
        @Nullable String lakeManifest,
        @Nullable Long devicesListed,
        @Nullable Long devicesRejected,
        @Nullable Long devicesChanged,
        @Nullable Long devicesArchived,
        @Nullable Long devicesAbsent,
        @Nullable Long devicesHeld,
        boolean archivalHeld,
        @Nullable Long assignmentsOpened,
        @Nullable Long assignmentsClosed,
        @Nullable Long detailsFetched,
        @Nullable Long detailsUnknown,
        @Nullable Instant detailsOldestAsOf,
        long requestsUsed,
        @Nullable Integer exitCode,
        @Nullable String cause,
        @Nullable String remedy,
        Instant startedAt) {

    /** Whether nothing is left to be done for it: what its last process ended with stands. */
    public boolean isFinished() {
        return switch (outcome) {
            case PUBLISHED, SUPERSEDED, EXPIRED -> endedWith(ExitCode.OK) || endedWith(ExitCode.ARCHIVAL_HELD);
            case FAILED -> endedWith(ExitCode.TOO_MANY_REJECTS);
            case ABANDONED -> true;
            case RUNNING, STOPPED -> false;
        };
    }

    /** Whether its last process ended with a code. */
    public boolean endedWith(ExitCode code) {
        return exitCode != null && exitCode == code.code();
    }
}
