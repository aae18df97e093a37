package io.kandjietl.kandji;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.retry.backoff.Sleeper;

/**
 * Keeps the rate of requests: each gets a moment of its own, evenly spaced, in the order of asking. Moments that nobody
 * used are not saved up, so that no burst follows a pause. For any number of threads.
 */
final class Pacer {

    private final long interval;

    private final LongSupplier nanoTime;

    private final Sleeper sleeper;

    private long next;

    /**
     * @param perSecond how many requests a second
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @param sleeper waits
     */
    Pacer(int perSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.interval = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.next = nanoTime.getAsLong();
    }

    /** Waits for the caller's moment. A caller that is interrupted loses it. */
    void await() throws InterruptedException {
        long wait = reserve();
        if (wait > 0) {
            // Rounded up: early by part of a millisecond would be faster than allowed.
            sleeper.sleep((wait + 999_999) / 1_000_000);
        }
    }

    private synchronized long reserve() {
        long now = nanoTime.getAsLong();
        // Differences, because this clock may overflow.
        long wait = Math.max(0, next - now);
        next = now + wait + interval;
        return wait;
    }
}
