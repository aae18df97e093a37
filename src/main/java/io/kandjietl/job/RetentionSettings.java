package io.kandjietl.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long what is kept. Whole days: what {@code prune} deletes is chosen by days, not by hours.
 *
 * @param history closed periods of devices and assignments; null for ever
 * @param lake snapshots in the lake; null for ever
 * @param runs records of runs; null for ever
 * @param batch what Spring Batch holds of runs that are over
 * @param rejects records that could not be used
 */
public record RetentionSettings(
        @Nullable Duration history,
        @Nullable Duration lake,
        @Nullable Duration runs,
        Duration batch,
        Duration rejects) {

    /** As it ships. */
    static final RetentionSettings STANDARD =
            new RetentionSettings(null, null, null, Duration.ofDays(90), Duration.ofDays(90));
}
