package io.kandjietl.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * A metric with its value.
 *
 * @param metric which one
 * @param labelled the value of its label; null exactly where it has none
 * @param value what was measured
 */
public record Measured(Metric metric, @Nullable String labelled, double value) {

    /** Holds label and value together. */
    public Measured {
        if ((metric.label() == null) != (labelled == null)) {
            throw new IllegalArgumentException(metric + " with the label " + labelled);
        }
    }
}
