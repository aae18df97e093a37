package io.kandjietl.bench;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table: what was measured, beside its baseline.
 *
 * @param subject what was measured, with its size: {@code staging, 1,000,000 devices}
 * @param unit of both, {@code rows/s} or {@code s}
 * @param measured its samples
 * @param baseline what the baseline is: {@code COPY text from a file}
 * @param reference the baseline's samples, or its one value where it is computed
 * @param target what the ratio is to reach; null where none is set
 */
record Figure(
        String subject,
        String unit,
        Samples measured,
        String baseline,
        Samples reference,
        @Nullable Target target) {

    /** The measured median, in baselines. */
    double ratio() {
        return measured.median() / reference.median();
    }

    /**
     * A bound of a ratio.
     *
     * @param bound the ratio
     * @param atLeast whether more is better
     */
    record Target(double bound, boolean atLeast) {

        static Target atLeast(double bound) {
            return new Target(bound, true);
        }

        static Target atMost(double bound) {
            return new Target(bound, false);
        }

        boolean reachedBy(double ratio) {
            return atLeast ? ratio >= bound : ratio <= bound;
        }

        String text() {
            return (atLeast ? "≥ " : "≤ ") + Samples.number(bound);
        }
    }
}
