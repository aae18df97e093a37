package io.kandjietl.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The instant, to the second, that a run stands for. With the tenant it is the job's identity. A slot lives from its
 * instant for the length of a slot; a run can be begun, and its listing continued, only while it lives.
 *
 * @param instant whole seconds
 */
public record Slot(Instant instant) implements Comparable<Slot> {

    /**
     * Checks the instant.
     *
     * @throws IllegalArgumentException when it has a fraction of a second
     */
    public Slot {
        if (!instant.truncatedTo(ChronoUnit.SECONDS).equals(instant)) {
            throw new IllegalArgumentException("A slot is a whole second, but " + instant + " is not");
        }
    }

    /** The regular slot that {@code now} is in: now, rounded down to the length of a slot. */
    public static Slot containing(Instant now, Duration length) {
        long seconds = now.getEpochSecond();
        return new Slot(Instant.ofEpochSecond(seconds - Math.floorMod(seconds, length.toSeconds())));
    }

    /** The second that {@code now} is in. */
    static Slot ofSecond(Instant now) {
        return new Slot(now.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Reads a slot in ISO 8601 with an offset, for example {@code 2026-11-23T12:00Z}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Slot parse(String text) {
        try {
            return new Slot(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no slot: write it in ISO 8601 with an offset, for example 2026-11-23T12:00Z", e);
        }
    }

    /** Whether the slot's life is over. One that lies ahead has not passed. */
    boolean hasPassedAt(Instant now, Duration length) {
        return !now.isBefore(instant.plus(length));
    }

    @Override
    public int compareTo(Slot other) {
        return instant.compareTo(other.instant);
    }

    /** ISO 8601, for example {@code 2026-11-23T12:00:00Z}. */
    @Override
    public String toString() {
        return instant.toString();
    }
}
