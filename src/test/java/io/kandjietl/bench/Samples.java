package io.kandjietl.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One thing measured several times.
 *
 * @param values in the order in which they were measured
 */
record Samples(double... values) {

    Samples {
        if (values.length == 0) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        values = values.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** The median, and how far the others are from it. */
    String text() {
        return values.length == 1 || min() == max()
                ? number(median())
                : number(median()) + " (" + number(min()) + " to " + number(max()) + ")";
    }

    /** Three significant digits, thousands apart. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
