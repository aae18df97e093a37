package io.kandjietl.job;

import java.time.Duration;

/**
 * How much a run may ask of the tenant's API, and how long it may wait for it.
 *
 * @param requestsPerHour our share of what a tenant's integrations may ask in a clock hour, all our processes together
 * @param runDeadline how long after its start a process still waits for requests
 */
public record BudgetLimits(int requestsPerHour, Duration runDeadline) {

    /** What ships: half of the 10,000 that the vendor documents, and less than a slot of two hours. */
    public static final BudgetLimits STANDARD = new BudgetLimits(5_000, Duration.ofMinutes(100));
}
