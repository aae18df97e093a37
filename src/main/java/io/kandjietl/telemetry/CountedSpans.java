package io.kandjietl.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** An exporter that knows how many spans were not taken, and why the first of them was not. For any number of threads. */
final class CountedSpans implements SpanExporter {

    private final SpanExporter exporter;
    private final LongAdder lost = new LongAdder();
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();

    CountedSpans(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int size = spans.size();
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                lost.add(size);
                Throwable thrown = result.getFailureThrowable();
                Throwable cause = thrown == null ? null : thrown.getCause();
                why.compareAndSet(null, cause == null ? "the collector refused them" : Telemetry.words(cause));
            }
        });
    }

    /**
     * Returns if all were taken.
     *
     * @throws IOException if not
     */
    void check() throws IOException {
        if (lost.sum() > 0) {
            throw new IOException(lost.sum() + " spans were lost: " + why.get());
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
