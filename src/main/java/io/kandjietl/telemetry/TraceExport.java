package io.kandjietl.telemetry;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A run's trace on its way to a collector, while the run is under way and once more at its end. What the collector does not take is
 * counted and left out. For any number of threads.
 */
final class TraceExport {

    /** A job, its steps, and what this program observes itself: Spring Batch would observe each row, too. */
    private static final Set<String> OBSERVED =
            Set.of("spring.batch.job", RunSpans.STEP, "kandji.run", "kandji.request");

    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

    private final CountedSpans spans;
    private final SdkTracerProvider provider;
    private final ObservationRegistry observations = ObservationRegistry.create();

    /** Makes one for a collector; nothing is asked of it yet. */
    TraceExport(URI root, String tenant) {
        this.spans = new CountedSpans(OtlpHttpSpanExporter.builder()
                .setEndpoint(root + "/v1/traces")
                .setConnectTimeout(EXPORT_TIMEOUT)
                .setTimeout(EXPORT_TIMEOUT)
                .setRetryPolicy(null)
                .build());
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        MetricsPush.JOB,
                        AttributeKey.stringKey("kandji.tenant"),
                        tenant)))
                .addSpanProcessor(BatchSpanProcessor.builder(spans)
                        .setExporterTimeout(EXPORT_TIMEOUT)
                        .build())
                .build();
        OtelTracer tracer = new OtelTracer(provider.get(MetricsPush.JOB), new OtelCurrentTraceContext(), event -> {});
        observations
                .observationConfig()
                .observationPredicate((name, context) -> OBSERVED.contains(name))
                .observationHandler(new RunSpans(tracer));
    }

    /** What is observed through it becomes a span. */
    ObservationRegistry observations() {
        return observations;
    }

    /**
     * Sends what was not sent yet.
     *
     * @throws IOException when the collector did not take all spans of the run
     */
    void flush(Duration atMost) throws IOException {
        boolean inTime = provider.forceFlush()
                .join(atMost.toNanos(), TimeUnit.NANOSECONDS)
                .isDone();
        spans.check();
        if (!inTime) {
            throw new IOException("not sent in time");
        }
    }

    /** Lets go of everything, sent or not. */
    void close() {
        provider.shutdown();
    }
}
