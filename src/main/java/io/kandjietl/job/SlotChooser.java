package io.kandjietl.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which slot a request is about. Pure: time and what is there are given. */
final class SlotChooser {

    private final Duration length;

    SlotChooser(Duration length) {
        this.length = length;
    }

    /**
     * The slot of a request: the one that it names, or that of the run that it goes on with; for a Job that a CronJob made, the one in the Job's name; for another
     * Job, that of its unfinished run, or else this second; on a command line, the regular one that now is in.
     *
     * @param now the time
     * @param jobName the Kubernetes Job that asks; null for a command line
     * @param unfinished the slot of the run that the Job began and did not finish
     * @param latest the newest slot of any run of the tenant: one that observes anew must be newer
     */
    Chosen choose(
            SyncRequest request,
            Instant now,
            @Nullable String jobName,
            Optional<Instant> unfinished,
            Optional<Instant> latest) {
        if (request.slot() != null) {
            return new Chosen(request.slot(), "named by the command");
        }
        Optional<Slot> scheduled =
                jobName == null || request.again() ? Optional.empty() : ScheduledJob.slot(jobName, now);
        if (scheduled.isPresent()) {
            return new Chosen(scheduled.get(), "scheduled, by the name of Job " + jobName);
        }
        if (jobName != null && unfinished.isPresent()) {
            return new Chosen(new Slot(unfinished.get()), "of the run that Job " + jobName + " began");
        }
        if (jobName == null && !request.again()) {
            return new Chosen(Slot.containing(now, length), "the regular one that now is in");
        }
        Slot second = Slot.ofSecond(now);
        return new Chosen(
                latest.filter(newest -> !newest.isBefore(second.instant()))
                        .map(newest -> new Slot(newest.plusSeconds(1)))
                        .orElse(second),
                request.again() ? "this second, by --again" : "this second: Job " + jobName + " was made by hand");
    }

    /**
     * A slot and how it was come by.
     *
     * @param why in words
     */
    record Chosen(Slot slot, String why) {}

    /**
     * Checks that a run of the slot that a request names may be begun. Of the other requests it always may: their slot
     * is made for the time that it is, and is ahead of it where the seconds before are taken.
     *
     * @throws UsageException when its slot has not begun, or has passed
     */
    void checkBeginnable(SyncRequest request, Instant now) {
        Slot named = request.slot();
        if (named == null) {
            return;
        }
        request.checkNotAhead(now);
        if (named.hasPassedAt(now, length)) {
            throw new UsageException(
                    "Slot " + named + " has passed without a run: what the fleet was then can't be observed any more",
                    "Leave --slot out to observe the fleet as it is now");
        }
    }
}
