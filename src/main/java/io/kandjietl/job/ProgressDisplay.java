package io.kandjietl.job;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a person or a log sees how far a run is. Called by several threads, one at a time. */
public interface ProgressDisplay {

    /** For whoever does not look. */
    ProgressDisplay NONE = new ProgressDisplay() {
        @Override
        public void show(State state) {}

        @Override
        public void end(State state) {}
    };

    /** Something was done, or a second passed. */
    void show(State state);

    /** The step has ended, well or not. */
    void end(State state);

    /**
     * How far a step is.
     *
     * @param done rows, by this process
     * @param expected how many there are to be; null where that is not known
     * @param took since the step began in this process
     * @param requests made by this process for the run so far
     * @param requestsPerHour how many may be made in an hour
     */
    record State(String step, long done, @Nullable Long expected, Duration took, long requests, int requestsPerHour) {

        /** How much is done of what is expected, from 0 to 10; -1 where that is not known. */
        public int tenths() {
            return expected == null || expected <= 0 ? -1 : (int) Math.min(10, 10 * done / expected);
        }

        /** One line for a person. */
        public String words() {
            double seconds = Math.max(0.001, took.toMillis() / 1_000.0);
            double rate = done / seconds;
            String of = expected == null ? "" : String.format(Locale.ROOT, " of %,d", expected);
            String left = expected == null || done == 0 || done >= expected
                    ? ""
                    : ", " + words(Duration.ofSeconds((long) ((expected - done) / rate))) + " left";
            return String.format(
                    Locale.ROOT,
                    "%s: %,d%s rows in %s, %,.0f a second%s; %,d requests, of %,d an hour",
                    step,
                    done,
                    of,
                    words(took),
                    rate,
                    left,
                    requests,
                    requestsPerHour);
        }

        private static String words(Duration duration) {
            return Duration.ofSeconds(duration.toSeconds())
                    .toString()
                    .substring(2)
                    .toLowerCase(Locale.ROOT);
        }
    }
}
