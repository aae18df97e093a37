package io.kandjietl.telemetry;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what is observed. Requests are made on threads of their own, which know of no observation: they belong to the step
 * that is under way, and there is never more than one. For any number of threads.
 */
final class RunSpans extends DefaultTracingObservationHandler {

    static final String STEP = "spring.batch.step";

    private volatile @Nullable Span step;

    RunSpans(Tracer tracer) {
        super(tracer);
    }

    @Override
    public void onStart(Observation.Context context) {
        super.onStart(context);
        if (STEP.equals(context.getName())) {
            step = getRequiredSpan(context);
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        if (STEP.equals(context.getName())) {
            step = null;
        }
        super.onStop(context);
    }

    @Override
    public @Nullable Span getParentSpan(Observation.ContextView context) {
        Span parent = super.getParentSpan(context);
        return parent == null ? step : parent;
    }

    /** A step is called as it is called. */
    @Override
    public String getSpanName(Observation.Context context) {
        KeyValue name = context.getLowCardinalityKeyValue(STEP + ".name");
        return STEP.equals(context.getName()) && name != null ? name.getValue() : super.getSpanName(context);
    }

    /** What failed is told by its kind alone: a message may quote a row, and the log has it anyway. */
    @Override
    public void onError(Observation.Context context) {
        Throwable error = context.getError();
        if (error != null) {
            String kind = error.getClass().getSimpleName();
            OtelSpan.toOtel(getRequiredSpan(context))
                    .setStatus(StatusCode.ERROR, kind)
                    .setAttribute("error.type", kind);
        }
    }
}
