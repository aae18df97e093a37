package io.kandjietl.warehouse;

import java.time.Duration;

/**
 * How long a lease holds and how patient a process is.
 *
 * @param duration how long a lease holds after it was renewed, on the database's clock
 * @param renewal how often it is renewed
 * @param patience how long a process waits for a lease that another holds: longer than a dead holder's lease lasts
 * @param poll how often it looks meanwhile
 */
public record LeaseTimes(Duration duration, Duration renewal, Duration patience, Duration poll) {

    /** What runs use. */
    public static final LeaseTimes STANDARD = new LeaseTimes(
            Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(45), Duration.ofMillis(500));
}
