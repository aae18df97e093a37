package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.SeenRequest;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * How many details a second a whole run answers at the rate that ships, by how many requests run side by side; beside the smaller
 * of that rate and what so many requests side by side can have answered at best. Measured is the run's own step, with its
 * worklist, its budget, its batches and their commits, by what the tenant saw: from the first request for details to the last
 * answer.
 *
 * <p>A rate limiter that saved moments up would let a burst through at first, and a short sample would show more than the rate.
 * The program's saves none, and {@link Work#expectRate} holds it to that; all the same a sample lasts for fifteen seconds at its
 * baseline, two of the job's batches at the full rate, so that what is between two batches counts as in a long run.
 */
final class DetailsBenchmark implements Benchmark {

    private static final Duration ANSWER_TIME = Duration.ofMillis(300);

    private static final int PER_SECOND = KandjiSettings.DEFAULT_REQUESTS_PER_SECOND;

    private final List<Integer> concurrencies;
    private final Duration length;

    DetailsBenchmark() {
        this(List.of(1, 2, 4, 8, 16, 32), Duration.ofSeconds(15));
    }

    /**
     * @param concurrencies how many requests run side by side
     * @param length how long a sample lasts at its baseline
     */
    DetailsBenchmark(List<Integer> concurrencies, Duration length) {
        this.concurrencies = List.copyOf(concurrencies);
        this.length = length;
    }

    @Override
    public String name() {
        return "details";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        for (int concurrency : concurrencies) {
            double best = Math.min(PER_SECOND, concurrency / Work.seconds(ANSWER_TIME));
            int details = (int) Math.max(1, Math.round(best * Work.seconds(length)));
            double[] measured = new double[options.samples()];
            for (int i = 0; i < measured.length; i++) {
                measured[i] = sample(options.folder(), concurrency, details);
            }
            report.add(new Figure(
                    "details, answers in " + ANSWER_TIME.toMillis() + " ms, " + concurrency + " side by side",
                    "details/s",
                    new Samples(measured),
                    "min(" + PER_SECOND + "/s, side by side ÷ answer time)",
                    new Samples(best),
                    Target.atLeast(0.95)));
        }
    }

    /** Of twice as many devices: some are listed as removed, and nobody asks for their details. */
    private static double sample(Path parent, int concurrency, int details) throws Exception {
        Path folder = Files.createTempDirectory(parent, "details");
        TestDatabase database = TestDatabase.migrated();
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(2 * details)
                        .badPerThousand(0)
                        .build())
                .answerTime(ANSWER_TIME)
                .start()) {
            Installation installation = new Installation(folder, tenant, database)
                    .without("KANDJI_REQUESTS_PER_SECOND")
                    .with("KANDJI_MAX_CONCURRENT_REQUESTS", Integer.toString(concurrency))
                    .with("KANDJI_DETAILS_REQUESTS_PER_RUN", Integer.toString(details))
                    .with("LAKE_URI", "none")
                    .with("LOGGING_LEVEL_IO_KANDJIETL", "warn");
            Work.expect("Exit code", 0, installation.run("sync").exitCode());
            Work.expect("Requests that failed", 0, failed(tenant));
            Work.expect("Details answered", details, tenant.requests().count(RequestKind.DETAILS, 200));
            Work.expect("Details in the warehouse", details, detailed(installation));
            Work.expectRate(tenant.requests(), PER_SECOND);
            return details
                    / Work.seconds(Duration.between(first(tenant), last(tenant)).plus(ANSWER_TIME));
        } finally {
            database.drop();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static long failed(SimulatedTenant tenant) {
        return tenant.requests().count()
                - tenant.requests().count(RequestKind.LIST, 200)
                - tenant.requests().count(RequestKind.DETAILS, 200);
    }

    private static long detailed(Installation installation) {
        return installation
                .jdbc()
                .sql("select count(*) from kandji.device where details_as_of is not null")
                .query(Long.class)
                .single();
    }

    private static Instant first(SimulatedTenant tenant) {
        return times(tenant).getFirst();
    }

    private static Instant last(SimulatedTenant tenant) {
        return times(tenant).getLast();
    }

    private static List<Instant> times(SimulatedTenant tenant) {
        return tenant.requests().latest().stream()
                .filter(request -> request.kind() == RequestKind.DETAILS)
                .map(SeenRequest::at)
                .sorted()
                .toList();
    }
}
