package io.kandjietl.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** An exporter that knows how many spans were not taken yet, and why the first that failed was not. For any number of threads. */
final class CountedSpans implements SpanExporter {

    private final SpanExporter exporter;
    private final LongAdder untaken = new LongAdder();
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();

    CountedSpans(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        int size = spans.size();
        untaken.add(size);
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                untaken.add(-size);
            } else {
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
        if (untaken.sum() > 0) {
            String reason = why.get();
            throw new IOException(
                    "spans lost: " + untaken.sum() + ", " + (reason == null ? "no answer in time" : reason));
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
