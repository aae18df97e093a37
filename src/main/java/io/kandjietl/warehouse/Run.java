package io.kandjietl.warehouse;

import java.time.Instant;

/**
 * A run: what every row that it writes is marked with.
 *
 * @param runId the id of its job instance; a restart goes on under the same
 * @param tenant the tenant
 * @param slot the instant, to the second, that it stands for
 */
public record Run(long runId, String tenant, Instant slot) {}
