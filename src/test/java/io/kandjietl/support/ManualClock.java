package io.kandjietl.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.retry.backoff.Sleeper;

/** A clock that passes only by sleeping in it, and by hand. For any number of threads. */
public final class ManualClock extends Clock implements Sleeper {

    private static final long serialVersionUID = 1L;

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now;

    private final AtomicReference<Runnable> beforeLongSleeps = new AtomicReference<>(() -> {});

    /** Makes one that stands at a moment. */
    public ManualClock(String now) {
        this.now = new AtomicReference<>(Instant.parse(now));
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** What whoever sleeps for half a minute or longer does first. */
    public void beforeLongSleeps(Runnable action) {
        beforeLongSleeps.set(action);
    }

    @Override
    public void sleep(long millis) throws InterruptedException {
        if (millis >= LONG.toMillis()) {
            beforeLongSleeps.get().run();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        // Who sleeps beside others sleeps with them, not after them.
        Instant end = instant().plusMillis(millis);
        now.accumulateAndGet(end, (current, target) -> current.isBefore(target) ? target : current);
    }

    /** Like {@link System#nanoTime()}. */
    public long nanoTime() {
        Instant instant = instant();
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
