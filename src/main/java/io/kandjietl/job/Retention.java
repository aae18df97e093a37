package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import io.kandjietl.lake.Lake;
import io.kandjietl.warehouse.Pruning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prunes what is older than its period. Broken off anywhere and begun again it ends the same. For one thread; the tenant's
 * lease must be held, but to tell what would go.
 */
public final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** A run that is published prunes a little, so that it takes no time: more than it adds. */
    private static final int RUNS_AFTER_A_RUN = 200;

    private static final int REJECTS_AFTER_A_RUN = 10_000;

    private final RetentionSettings settings;
    private final @Nullable Lake lake;
    private final String tenant;
    private final Pruning pruning;
    private final Clock clock;

    Retention(RetentionSettings settings, @Nullable Lake lake, String tenant, Pruning pruning, Clock clock) {
        this.settings = settings;
        this.lake = lake;
        this.tenant = tenant;
        this.pruning = pruning;
        this.clock = clock;
    }

    /**
     * What was pruned of a kind, or would be.
     *
     * @param kind the setting's last word
     * @param before what is older than this goes; null when it is kept for ever
     * @param what how much of what, in words
     */
    public record Pruned(String kind, @Nullable Instant before, String what) {}

    /** Counts what would be pruned. Changes nothing. */
    public List<Pruned> count() {
        return each(true);
    }

    /** Prunes: history, files, what Spring Batch holds, records of runs, rejected records. */
    public List<Pruned> prune() {
        return each(false);
    }

    private List<Pruned> each(boolean isDry) {
        Instant now = clock.instant();
        List<Pruned> all = new ArrayList<>();
        all.add(of("history", now, settings.history(), before -> history(before, isDry)));
        all.add(of("lake", now, filesPeriod(), before -> files(before, isDry)));
        all.add(of(
                "batch",
                now,
                settings.batch(),
                before -> words(
                        isDry ? pruning.countBatch(before) : pruning.pruneBatch(before, Long.MAX_VALUE),
                        "runs' job metadata")));
        all.add(of(
                "runs",
                now,
                settings.runs(),
                before -> words(
                        isDry
                                ? pruning.countRuns(cuts(now, before, before(now, filesPeriod())))
                                : pruning.pruneRuns(cuts(now, before, null)),
                        "runs' records")));
        all.add(of(
                "rejects",
                now,
                settings.rejects(),
                before -> words(
                        isDry ? pruning.countRejects(before) : pruning.pruneRejects(before, Long.MAX_VALUE),
                        "rejected records")));
        return all;
    }

    private static Pruned of(String kind, Instant now, @Nullable Duration period, Function<Instant, String> work) {
        if (period == null) {
            return new Pruned(kind, null, "kept for ever");
        }
        Instant before = now.minus(period);
        return new Pruned(kind, before, work.apply(before));
    }

    private @Nullable Duration filesPeriod() {
        return lake == null ? null : settings.lake();
    }

    private Pruning.Cuts cuts(Instant now, Instant runs, @Nullable Instant files) {
        return new Pruning.Cuts(runs, now.minus(settings.batch()), before(now, settings.history()), files);
    }

    private static @Nullable Instant before(Instant now, @Nullable Duration period) {
        return period == null ? null : now.minus(period);
    }

    private String history(Instant before, boolean isDry) {
        Pruning.Periods periods = isDry ? pruning.countHistory(before) : pruning.pruneHistory(before);
        return words(periods.devices(), "periods of devices") + ", " + words(periods.assignments(), "of assignments");
    }

    private String files(Instant before, boolean isDry) {
        long snapshots = Objects.requireNonNull(lake).forEachBefore(tenant, before, (slot, remove) -> {
            if (!isDry) {
                pruning.takeOutOfLake(slot);
                remove.run();
            }
        });
        return words(snapshots, "snapshots");
    }

    private static String words(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }

    /**
     * Prunes what would else grow for ever though nobody ever prunes: what Spring Batch holds, and rejected records. Never
     * fails: the run is published, and the next one tries again.
     */
    void afterRun() {
        try {
            Instant now = clock.instant();
            long runs = pruning.pruneBatch(now.minus(settings.batch()), RUNS_AFTER_A_RUN);
            long rejects = pruning.pruneRejects(now.minus(settings.rejects()), REJECTS_AFTER_A_RUN);
            if (runs + rejects > 0) {
                log.info("Pruned the job metadata of {} runs, and {} rejected records", runs, rejects);
            }
        } catch (RuntimeException e) {
            FailureException failure = Failures.explain(e);
            log.warn(
                    "The run is published, but what is older than KANDJI_RETENTION_BATCH and KANDJI_RETENTION_REJECTS"
                            + " could not be pruned: {}. {}. The next run tries again",
                    failure.getMessage(),
                    failure.remedy());
        }
    }
}
