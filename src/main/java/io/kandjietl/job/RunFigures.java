package io.kandjietl.job;

import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.telemetry.Measured;
import io.kandjietl.telemetry.Metric;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.RunStatus;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is measured of a run that ended. A figure that nobody knows is left out. */
final class RunFigures {

    /** As many runs as {@code status} shows. */
    private static final int NEWEST = 12;

    private final Settings settings;
    private final RunWatch watch;
    private final SyncRuns runs;
    private final JdbcClient jdbc;
    private final LedgerBudget budget;
    private final KandjiClient client;
    private final Clock clock;

    RunFigures(
            Settings settings,
            RunWatch watch,
            SyncRuns runs,
            JdbcClient jdbc,
            LedgerBudget budget,
            KandjiClient client,
            Clock clock) {
        this.settings = settings;
        this.watch = watch;
        this.runs = runs;
        this.jdbc = jdbc;
        this.budget = budget;
        this.client = client;
        this.clock = clock;
    }

    /** What is known even of a run that could not begin. */
    static List<Measured> ofEnd(int exitCode, Instant begin, Instant end) {
        return List.of(
                Metric.EXIT_CODE.is(exitCode),
                Metric.RUN_DURATION.is(seconds(Duration.between(begin, end))),
                Metric.RUN_END.is(seconds(end)));
    }

    /** Every outcome that there is, so that the one of the run before does not stay. */
    static List<Measured> outcomes(String outcome) {
        return Stream.concat(
                        Stream.of(Outcome.values())
                                .filter(one -> one != Outcome.RUNNING)
                                .map(Outcome::code),
                        Stream.of(SyncReport.Kind.values())
                                .map(kind -> kind.name().toLowerCase(Locale.ROOT)))
                .distinct()
                .map(one -> Metric.RUN_OUTCOME.is(one, one.equals(outcome) ? 1 : 0))
                .toList();
    }

    /** What this process knows without asking anybody. */
    List<Measured> ofProcess(RunResult result, Instant begin) {
        List<Measured> figures = new ArrayList<>(ofEnd(result.exitCode(), begin, clock.instant()));
        figures.add(Metric.RETRIES.is(client.retries()));
        watch.steps().forEach((step, took) -> figures.add(Metric.STEP_DURATION.is(step, seconds(took))));
        return figures;
    }

    /** What the database is asked for, where it does not answer. */
    List<Measured> unrecorded(RunResult result) {
        List<Measured> figures = new ArrayList<>(outcomes(result.outcome(null)));
        figures.add(Metric.REQUESTS.is(client.requests()));
        return figures;
    }

    /** What the database says. */
    List<Measured> recorded(RunResult result) {
        String tenant = settings.tenant();
        List<Measured> figures = new ArrayList<>();
        Optional<SyncRun> run = watch.run().flatMap(runs::find).or(result::record);
        figures.addAll(outcomes(result.outcome(run.map(SyncRun::outcome).orElse(null))));
        figures.add(Metric.REQUESTS.is(run.map(SyncRun::requestsUsed).orElseGet(client::requests)));
        figures.add(Metric.REQUESTS_LEFT.is(budget.left()));
        run.ifPresent(record -> addCounts(record, figures));
        runs.newestPublishedSlot(tenant)
                .flatMap(slot -> runs.findSlot(tenant, slot))
                .ifPresent(newest -> addStanding(newest, figures));
        return figures;
    }

    private static void addCounts(SyncRun run, List<Measured> figures) {
        add(Metric.DEVICES_LISTED, run.devicesListed(), figures);
        add(Metric.DEVICES_REJECTED, run.devicesRejected(), figures);
        add(Metric.DEVICES_CHANGED, run.devicesChanged(), figures);
        add(Metric.DEVICES_ARCHIVED, run.devicesArchived(), figures);
        add(Metric.DEVICES_HELD, run.devicesHeld(), figures);
    }

    /** How things stand since the newest published run, whether or not it is this one. */
    private void addStanding(SyncRun newest, List<Measured> figures) {
        figures.add(Metric.LAST_PUBLISHED_SLOT.is(seconds(newest.run().slot())));
        figures.add(Metric.DEVICES_ACTIVE.is(runs.activeDevices(settings.tenant())));
        add(Metric.DEVICES_WITHOUT_DETAILS, newest.detailsUnknown(), figures);
        Instant oldest = newest.detailsOldestAsOf();
        if (oldest != null) {
            figures.add(Metric.OLDEST_DETAILS_AGE.is(seconds(Duration.between(oldest, clock.instant()))));
        }
        if (!settings.lake().isNone()) {
            figures.add(Metric.IN_LAKE.is(newest.lakeManifest() == null ? 0 : 1));
            figures.add(Metric.SLOTS_NOT_IN_LAKE.is(slotsNotInLake()));
        }
    }

    private long slotsNotInLake() {
        Duration kept = settings.retention().lake();
        Instant oldest = kept == null ? Instant.MIN : clock.instant().minus(kept);
        return RunStatus.newest(jdbc, settings.tenant(), NEWEST).stream()
                .map(RunStatus::run)
                .filter(run -> run.outcome() == Outcome.PUBLISHED && run.lakeManifest() == null)
                .filter(run -> run.run().slot().isAfter(oldest))
                .count();
    }

    private static void add(Metric metric, @Nullable Long value, List<Measured> figures) {
        if (value != null) {
            figures.add(metric.is(value));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1e3;
    }
}
