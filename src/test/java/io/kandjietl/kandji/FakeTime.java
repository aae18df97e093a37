package io.kandjietl.kandji;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by sleeping in it, and remembers each sleep. */
final class FakeTime {

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private final long startNanos = nanos.get();

    private final List<Long> sleeps = new CopyOnWriteArrayList<>();

    private double random = 1;

    /** All that the client needs to know of time. */
    Timing timing() {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return START.plusNanos(nanos.get() - startNanos);
            }
        };
        return new Timing(clock, nanos::get, this::sleep, () -> random);
    }

    void sleep(long millis) {
        sleeps.add(millis);
        pass(Duration.ofMillis(millis));
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    void setRandom(double random) {
        this.random = random;
    }

    /** The sleeps so far, in milliseconds. */
    List<Long> sleeps() {
        return List.copyOf(sleeps);
    }
}
