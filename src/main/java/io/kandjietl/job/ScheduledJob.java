package io.kandjietl.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the slot in the name of a Job that a CronJob made: {@code NAME-29923987}, the scheduled minute counted from 1970.
 * Names of other Jobs may end in numbers too, so only a number that is near now is taken for one.
 */
final class ScheduledJob {

    private static final Pattern NAME = Pattern.compile(".*-(\\d{1,10})");

    /** A Job that is older is not retried any more. */
    private static final Duration OLDEST = Duration.ofHours(24);

    /** The cluster's clock and this one's may differ. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private ScheduledJob() {}

    /** The slot in a Job's name; empty where it is none. */
    static Optional<Slot> slot(String jobName, Instant now) {
        Matcher matcher = NAME.matcher(jobName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Instant minute = Instant.ofEpochSecond(Math.multiplyExact(60, Long.parseLong(matcher.group(1))));
            return minute.isBefore(now.minus(OLDEST)) || minute.isAfter(now.plus(AHEAD))
                    ? Optional.empty()
                    : Optional.of(new Slot(minute));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
