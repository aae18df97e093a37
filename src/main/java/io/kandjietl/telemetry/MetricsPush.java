package io.kandjietl.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a run's metrics once.
 *
 * @param tenant whose they are
 * @param measured what they say
 * @param atMost how long a push may take
 */
record MetricsPush(String tenant, List<Measured> measured, Duration atMost) {

    static final String JOB = "kandji-etl";

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * To a Pushgateway, by POST: it replaces the metrics that are in it and leaves the group's others, so that a run that knows no
     * published slot does not erase when the last one was.
     */
    void toPushgateway(URI root) throws IOException, InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            register(registry);
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            HttpPost.send(URI.create(root + "/metrics/job/" + JOB + "/tenant/" + tenant), TEXT, text, atMost);
        } finally {
            registry.close();
        }
    }

    /** To a collector. The registry publishes when it is closed, and would only log what goes wrong. */
    void toCollector(URI root) throws Exception {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(new Once(root))
                .metricsSender(request -> {
                    try {
                        URI uri = URI.create(request.getAddress());
                        HttpPost.send(uri, "application/x-protobuf", request.getMetricsData(), atMost);
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        failure.set(e);
                    }
                })
                .build();
        try {
            register(registry);
        } finally {
            registry.close();
        }
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private void register(MeterRegistry registry) {
        for (Measured one : measured) {
            String label = one.metric().label();
            String labelled = one.labelled();
            Tags tags = Tags.of("tenant", tenant);
            Gauge.builder(one.metric().id(), one, Measured::value)
                    .description(one.metric().description())
                    .tags(label == null || labelled == null ? tags : tags.and(label, labelled))
                    .strongReference(true)
                    .register(registry);
        }
    }

    /**
     * So that nothing is published before the registry is closed.
     *
     * @param root of the collector
     */
    private record Once(URI root) implements OtlpConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return root + "/v1/metrics";
        }

        @Override
        public Duration step() {
            return Duration.ofDays(1);
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return Map.of("service.name", JOB);
        }
    }
}
