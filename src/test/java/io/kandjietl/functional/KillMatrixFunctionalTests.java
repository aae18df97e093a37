package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.BadRecord;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.CommitProxy;
import io.kandjietl.support.CommitProxy.Moment;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Published;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills runs with SIGKILL, as many as the system property {@value #KILLS} says, and starts each again until it is published:
 * at every commit, before the server knows of it and after, and at any other word to the server. Commits are counted, not
 * waited for. The first of a run's kills goes from its first commit to its last, the others are thrown by dice; the same
 * {@value #SEED} throws the same.
 */
class KillMatrixFunctionalTests {

    private static final String KILLS = "kandji-etl.kills";
    private static final String SEED = "kandji-etl.kill.seed";

    /** What a run is killed at most; then it is left to end. */
    private static final int MOST_IN_A_ROW = 3;

    private static final Pattern RESUMED = Pattern.compile("(?m)^(\\S+Z) INFO .*: going on with run \\d+$");

    private static final Logger log = LoggerFactory.getLogger(KillMatrixFunctionalTests.class);

    private final String slot = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private final long seed = Long.getLong(SEED, System.nanoTime());
    private final RandomGenerator random = new SplittableRandom(seed);

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(SimulatedFleet.builder()
                    .size(420)
                    .seed(7)
                    .otherPlatforms()
                    .badPerThousand(6, BadRecord.USER_IS_A_NUMBER, BadRecord.UNPARSEABLE_DATE)
                    .build())
            .clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
            .unlimited()
            .start();

    @TempDir
    private Path folder;

    private final Map<String, Integer> killsByStep = new TreeMap<>();
    private Duration longestResumption = Duration.ZERO;
    private long mostRepeated;
    private long repeated;
    private int kills;
    private int runs;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void whateverItIsKilledAtARunEndsAsIfNothingHadHappened() throws Exception {
        int wanted = Integer.getInteger(KILLS, 24);
        Map<Moment, Integer> counts = new EnumMap<>(Moment.class);
        Installation undisturbed = installation("undisturbed");
        Ended ended = start(undisturbed, moment -> counts.merge(moment, 1, Integer::sum) > 0, "sync", "--slot", slot);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        Published published = Published.by(undisturbed);
        long requests = tenant.requests().count();
        int commits = counts.getOrDefault(Moment.COMMITTED, 0);
        assertThat(commits).as("commits of a run").isGreaterThan(40);
        assertThat(counts.get(Moment.COMMIT_ASKED)).as("each is seen twice").isEqualTo(commits);

        int points = 2 * commits;
        int most = wanted < points ? MOST_IN_A_ROW : 1;
        int step = Math.max(1, points * most / wanted);
        for (int trial = 0; kills < wanted; trial++) {
            int point = trial * step + (step % 2 == 0 ? trial % 2 : 0);
            Target first = point < points ? Target.at(point) : anyTarget(counts);
            tenant.requests().clear();
            Installation killed = installation("killed-" + trial);
            int inARow = killUntilItEnds(killed, first, counts, Math.min(most, wanted - kills));
            assertThat(Published.by(killed))
                    .as("trial %d with -D%s=%d: %d kills, the first at %s", trial, SEED, seed, inARow, first)
                    .isEqualTo(published);
            long more = tenant.requests().count() - requests;
            repeated += more;
            mostRepeated = Math.max(mostRepeated, inARow == 0 ? 0 : more / inARow);
            runs++;
        }
        log.warn(
                "{} kills of {} runs, by step {}; from a restart to its resumption {} ms at most; {} requests repeated in all,"
                        + " {} a kill at most (an undisturbed run makes {} requests and {} commits)",
                kills,
                runs,
                killsByStep,
                longestResumption.toMillis(),
                repeated,
                mostRepeated,
                requests,
                commits);
    }

    @Test
    void killedAgainBeforeItHasWrittenDownFromWhereItGoesOnItGoesOnFromThere() throws Exception {
        Installation undisturbed = installation("undisturbed");
        assertThat(start(undisturbed, moment -> true, "sync", "--slot", slot).exitCode())
                .isZero();
        Installation killed = installation("killed");
        Target twoPages =
                Target.when(() -> !killed.lines("select 1 where to_regclass('kandji.staged_device') is not null")
                                .isEmpty()
                        && !killed.lines("select 1 from kandji.staged_device having count(*) >= 200")
                                .isEmpty());
        assertThat(start(killed, twoPages, "sync", "--slot", slot).killed()).isTrue();
        expireLease(killed);
        Target newExecution = Target.when(
                () -> killed.lines("select 1 from batch.batch_step_execution where step_name = 'extractDevices'")
                                .size()
                        == 2);

        assertThat(start(killed, newExecution, "sync", "--slot", slot).killed()).isTrue();
        expireLease(killed);
        tenant.requests().clear();
        Ended ended = start(killed, moment -> true, "sync", "--slot", slot);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(Published.by(killed)).isEqualTo(Published.by(undisturbed));
        assertThat(tenant.requests().offsets().first())
                .as("one page before the first uncommitted device, after two or three that were committed")
                .isBetween(100L, 200L);
    }

    @Test
    void aMigrationThatIsKilledAtAnyOfItsCommitsIsMadeByTheNext() throws Exception {
        String migrations;
        try (Stream<Path> files = Files.list(Path.of("sql/migration"))) {
            migrations = String.valueOf(files.count());
        }
        int point = 0;
        boolean killed = true;
        while (killed) {
            Installation installation = installation("migrated-" + point);
            killed = start(installation, Target.at(point), "migrate").killed();
            installation.with("SPRING_DATASOURCE_URL", installation.database().url());
            assertThat(installation.run("migrate").exitCode())
                    .as("%s", Target.at(point))
                    .isZero();
            assertThat(installation.lines("select count(*) from kandji.flyway_schema_history where version is not null"
                            + " and success"))
                    .containsExactly(migrations);
            point++;
        }
        assertThat(point).as("moments at which it was killed").isGreaterThan(4);
    }

    private int killUntilItEnds(Installation installation, Target first, Map<Moment, Integer> counts, int most)
            throws Exception {
        int inARow = 0;
        Target target = first;
        while (true) {
            Instant begin = Instant.now();
            Ended ended = start(installation, inARow == most ? Target.none() : target, "sync", "--slot", slot);
            resumption(ended.err(), begin);
            if (!ended.killed()) {
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                return inARow;
            }
            inARow++;
            kills++;
            killsByStep.merge(step(installation), 1, Integer::sum);
            expireLease(installation);
            target = anyTarget(counts);
        }
    }

    private Target anyTarget(Map<Moment, Integer> counts) {
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        return new Target(moment, 1 + random.nextInt(counts.getOrDefault(moment, 1)));
    }

    private void resumption(String err, Instant begin) {
        Matcher resumed = RESUMED.matcher(err);
        if (resumed.find()) {
            Duration took = Duration.between(begin, Instant.parse(resumed.group(1)));
            longestResumption = took.compareTo(longestResumption) > 0 ? took : longestResumption;
        }
    }

    /** The step that the newest execution was in. */
    private static String step(Installation installation) {
        if (installation
                .lines("select 1 where to_regclass('batch.batch_step_execution') is not null")
                .isEmpty()) {
            return "migration";
        }
        return installation
                .lines("select step_name || case when status = 'COMPLETED' then ' (after)' else '' end"
                        + " from batch.batch_step_execution order by step_execution_id desc limit 1")
                .stream()
                .findFirst()
                .orElse("before the first");
    }

    private static void expireLease(Installation installation) {
        if (!installation
                .lines("select 1 where to_regclass('kandji.lease') is not null")
                .isEmpty()) {
            installation.leaseRunsOut();
        }
    }

    private Installation installation(String name) {
        return new Installation(folder.resolve(name), tenant).with("KANDJI_PAGE_SIZE", "100");
    }

    /** Starts a run behind a proxy; what it tells the target may kill it. */
    private static Ended start(Installation installation, CommitProxy.Watcher watcher, String... command)
            throws Exception {
        CompletableFuture<EtlProcess> started = new CompletableFuture<>();
        if (watcher instanceof Target target) {
            target.kills(started);
        }
        try (CommitProxy proxy = new CommitProxy(installation.database().port(), watcher)) {
            installation.with(
                    "SPRING_DATASOURCE_URL",
                    "jdbc:postgresql://localhost:" + proxy.port() + "/"
                            + installation.database().name() + "?sslmode=disable&gssEncMode=disable");
            try (EtlProcess process = installation.start(command)) {
                started.complete(process);
                int code = process.exitCode();
                boolean killed = watcher instanceof Target target && target.hasStruck();
                return new Ended(code, killed, process.err());
            }
        }
    }

    private record Ended(int exitCode, boolean killed, String err) {}

    /** Kills a process when a moment comes for the n-th time, and lets nothing pass any more. */
    private static final class Target implements CommitProxy.Watcher {

        private final Moment moment;
        private final int number;
        private final BooleanSupplier condition;
        private int seen;
        private volatile boolean struck;
        private Optional<CompletableFuture<EtlProcess>> process = Optional.empty();

        Target(Moment moment, int number) {
            this(moment, number, () -> true);
        }

        private Target(Moment moment, int number, BooleanSupplier condition) {
            this.moment = moment;
            this.number = number;
            this.condition = condition;
        }

        /** The first commit after which something is so. */
        static Target when(BooleanSupplier condition) {
            return new Target(Moment.COMMITTED, 1, condition);
        }

        static Target none() {
            return new Target(Moment.MESSAGE, Integer.MAX_VALUE);
        }

        /** A commit, before the server knows of it or after; from 0 on. */
        static Target at(int point) {
            return new Target(point % 2 == 0 ? Moment.COMMIT_ASKED : Moment.COMMITTED, point / 2 + 1);
        }

        void kills(CompletableFuture<EtlProcess> started) {
            process = Optional.of(started);
        }

        boolean hasStruck() {
            return struck;
        }

        @Override
        public String toString() {
            return moment + " " + number;
        }

        @Override
        public boolean saw(Moment now) {
            if (!struck && now == moment && condition.getAsBoolean() && ++seen == number) {
                try {
                    struck = true;
                    process.orElseThrow().get().kill();
                } catch (Exception e) {
                    throw new IllegalStateException("Unable to kill", e);
                }
            }
            return !struck;
        }
    }
}
