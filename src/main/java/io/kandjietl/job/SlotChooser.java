package io.kandjietl.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides which slot a request is about. Pure: time and what is there are given. */
final class SlotChooser {

    private final Duration length;

    SlotChooser(Duration length) {
        this.length = length;
    }

    /**
     * The slot of a request.
     *
     * @param now the time
     * @param latest the newest slot of any run of the tenant: one that observes anew must be newer
     */
    Slot choose(SyncRequest request, Instant now, Optional<Instant> latest) {
        if (request.slot() != null) {
            return request.slot();
        }
        if (!request.again()) {
            return Slot.containing(now, length);
        }
        Slot second = Slot.ofSecond(now);
        return latest.filter(newest -> !newest.isBefore(second.instant()))
                .map(newest -> new Slot(newest.plusSeconds(1)))
                .orElse(second);
    }

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
