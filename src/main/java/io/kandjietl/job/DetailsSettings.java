package io.kandjietl.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many devices' details a run asks for.
 *
 * @param maxAge how old a device's details may become before they are asked for again
 * @param requestsPerRun how many at most; null for no bound but time
 * @param timeLimit how long a run asks for details; the rest waits for the next slot
 * @param concurrent how many requests run side by side
 */
public record DetailsSettings(Duration maxAge, @Nullable Long requestsPerRun, Duration timeLimit, int concurrent) {

    /** What ships. */
    public static final DetailsSettings STANDARD =
            new DetailsSettings(Duration.ofHours(24), null, Duration.ofMinutes(75), 8);

    /**
     * Details that were answered before this would pass their age before the next slot.
     *
     * @param slotLength after how long the next slot begins
     */
    Instant tooOldBefore(Slot slot, Duration slotLength) {
        return slot.instant().plus(slotLength).minus(maxAge);
    }

    /** How many devices can be asked for in a run at this rate. */
    long most(int requestsPerSecond) {
        long inTime = requestsPerSecond * timeLimit.toSeconds();
        return requestsPerRun == null ? inTime : Math.min(requestsPerRun, inTime);
    }
}
