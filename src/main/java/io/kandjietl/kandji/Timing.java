package io.kandjietl.kandji;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.springframework.retry.backoff.Sleeper;

/**
 * Time, as the client sees it.
 *
 * @param clock the time of day, for dates in answers
 * @param nanoTime a clock like {@link System#nanoTime()}, for durations
 * @param sleeper waits
 * @param random from 0 to 1, for jitter
 */
record Timing(Clock clock, LongSupplier nanoTime, Sleeper sleeper, DoubleSupplier random) {

    static Timing of(Clock clock, LongSupplier nanoTime, Sleeper sleeper) {
        return new Timing(
                clock, nanoTime, sleeper, () -> ThreadLocalRandom.current().nextDouble());
    }
}
