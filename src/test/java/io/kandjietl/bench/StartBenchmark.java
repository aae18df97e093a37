package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.SelfSigned;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.support.TrainedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * How long it takes from the start of a process to its first request, with the image's AOT cache beside without, to a tenant
 * without TLS and to one over it, as Kandji is. The database's schema is up to date, as at each start but an installation's
 * first; the run goes on to its end, so that what was started is known to work.
 */
final class StartBenchmark implements Benchmark {

    private static final int DEVICES = 300;
    private static final double MOST_SECONDS = 2;
    private static final double OF_UNTRAINED = 0.6;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        TrainedProgram program = ImageProgram.of(options);
        SelfSigned certificate = SelfSigned.in(options.folder().resolve("certificate"));
        try (SimulatedTenant plain = tenant().start();
                SimulatedTenant secure = tenant().tls(certificate.context()).start()) {
            measure(options, report, program, plain, certificate, "without TLS");
            measure(options, report, program, secure, certificate, "over TLS");
        }
    }

    private static SimulatedTenant.Builder tenant() {
        return SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(DEVICES).build())
                .unlimited();
    }

    private static void measure(
            BenchmarkOptions options,
            BenchmarkReport report,
            TrainedProgram program,
            SimulatedTenant tenant,
            SelfSigned certificate,
            String how)
            throws Exception {
        InTurn both = InTurn.of(
                options.samples(),
                () -> sample(options.folder(), tenant, program.command(certificate.trust(), "sync")),
                () -> sample(options.folder(), tenant, program.commandWithoutCache(certificate.trust(), "sync")));
        String subject = "start to first request, " + how;
        report.add(new Figure(
                subject, "s", both.measured(), "without the AOT cache", both.reference(), Target.atMost(OF_UNTRAINED)));
        report.add(new Figure(
                subject, "s", both.measured(), "what it may take", new Samples(MOST_SECONDS), Target.atMost(1)));
    }

    private static double sample(Path parent, SimulatedTenant tenant, List<String> command) throws Exception {
        tenant.requests().clear();
        Path folder = Files.createTempDirectory(parent, "start");
        TestDatabase database = TestDatabase.migrated();
        Path said = folder.resolve("said.txt");
        Installation installation = new Installation(folder, tenant, database);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(installation.environment());
        Instant start = Instant.now();
        Process process = builder.start();
        try {
            expectEnd(process, said);
            Instant first = tenant.requests().latest().getFirst().at();
            Work.expect("Published runs", 1, published(installation));
            return Work.seconds(Duration.between(start, first));
        } finally {
            process.destroyForcibly();
            database.drop();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void expectEnd(Process process, Path said) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("The run did not end well: " + Files.readString(said));
        }
    }

    private static long published(Installation installation) {
        return installation
                .jdbc()
                .sql("select count(*) from kandji.sync_run where outcome = 'published'")
                .query(Long.class)
                .single();
    }
}
