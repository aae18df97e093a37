package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The ways in which the API spells an instant, from the most to the least frequent. */
public enum DateSpelling {
    /** {@code 2024-07-23T14:11:37.150080Z}. */
    MICROSECONDS_Z('T', true, "Z"),
    /** {@code 2026-07-01T19:02:37.320664+00:00}. */
    MICROSECONDS_OFFSET('T', true, "+00:00"),
    /** {@code 2024-05-13 20:09:27.374451+00:00}. */
    SPACE_MICROSECONDS_OFFSET(' ', true, "+00:00"),
    /** {@code 2024-06-17 11:32:35+00:00}. */
    SPACE_SECONDS_OFFSET(' ', false, "+00:00"),
    /** {@code 2024-05-13 20:09:23 +0000}. */
    SPACE_SECONDS_SPACE_OFFSET(' ', false, " +0000");

    private final char separator;
    private final boolean microseconds;
    private final String zone;

    DateSpelling(char separator, boolean microseconds, String zone) {
        this.separator = separator;
        this.microseconds = microseconds;
        this.zone = zone;
    }

    /** How one device's row spells one of its dates: always the same way. */
    static DateSpelling of(Draw device, Trait date) {
        int rank = device.part(date).below(Trait.ID_CASE, 100);
        if (rank < 55) {
            return MICROSECONDS_Z;
        }
        if (rank < 75) {
            return MICROSECONDS_OFFSET;
        }
        if (rank < 90) {
            return SPACE_MICROSECONDS_OFFSET;
        }
        return rank < 95 ? SPACE_SECONDS_OFFSET : SPACE_SECONDS_SPACE_OFFSET;
    }

    /** What is left of an instant when it is spelled this way. */
    public Instant kept(Instant instant) {
        return instant.truncatedTo(microseconds ? ChronoUnit.MICROS : ChronoUnit.SECONDS);
    }

    /** Spells an instant of the years 1000 to 9999. */
    public String spell(Instant instant) {
        // Written by hand: three dates a row are the dearest part of a page when a formatter writes them.
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32).append(time.getYear()).append('-');
        pad(text, time.getMonthValue(), 2).append('-');
        pad(text, time.getDayOfMonth(), 2).append(separator);
        pad(text, time.getHour(), 2).append(':');
        pad(text, time.getMinute(), 2).append(':');
        pad(text, time.getSecond(), 2);
        if (microseconds) {
            pad(text.append('.'), time.getNano() / 1000, 6);
        }
        return text.append(zone).toString();
    }

    private static StringBuilder pad(StringBuilder text, int number, int width) {
        for (int tens = (int) Math.pow(10, width - 1); tens > number && tens > 1; tens /= 10) {
            text.append('0');
        }
        return text.append(number);
    }
}
