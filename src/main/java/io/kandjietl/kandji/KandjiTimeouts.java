package io.kandjietl.kandji;

import java.time.Duration;

/**
 * How long one request may take. A details answer takes about 0.3 s and a full page a few seconds, so what takes longer
 * than this is not slow but stuck.
 *
 * @param connect until the connection stands
 * @param exchange for everything: connection, request, head and body of the answer
 */
public record KandjiTimeouts(Duration connect, Duration exchange) {

    /** What holds where nothing else is said: 10 and 60 seconds. */
    public static final KandjiTimeouts DEFAULT = new KandjiTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** Checks that both are positive. */
    public KandjiTimeouts {
        if (!connect.isPositive() || !exchange.isPositive()) {
            throw new IllegalArgumentException("Time-outs must be positive: " + connect + ", " + exchange);
        }
    }
}
