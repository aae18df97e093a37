package io.kandjietl.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer that is held back until the test lets it go; closing the tenant lets it go, too. Thread-safe. */
public final class Hold {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Hold() {}

    /**
     * Waits until a request is being held.
     *
     * @throws IllegalStateException when none came within five minutes
     */
    public void awaitArrival() throws InterruptedException {
        if (!arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("No request to hold came within " + PATIENCE.toMinutes() + " minutes");
        }
    }

    /** Lets the held answer go, and all that come later. */
    public void release() {
        released.countDown();
    }

    void pass() throws InterruptedException {
        arrived.countDown();
        released.await();
    }
}
