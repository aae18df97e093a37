package io.kandjietl.telemetry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics and traces go; without user, password or query.
 *
 * @param pushgateway the root of a Prometheus Pushgateway, for metrics; null for none
 * @param otlp the root of an OTLP/HTTP collector, for metrics and traces; null for none
 */
public record TelemetrySettings(
        @Nullable URI pushgateway, @Nullable URI otlp) {

    /** Nothing is sent. */
    public static final TelemetrySettings NONE = new TelemetrySettings(null, null);

    /** Whether nothing is sent. */
    public boolean isNone() {
        return pushgateway == null && otlp == null;
    }
}
