package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Hold;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be told holds the process up for a bounded time, and changes nothing about how it ends. */
class TelemetryFunctionalTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(ScriptedFleet.row("d1"), ScriptedFleet.row("d2")))
            .unlimited()
            .start();

    private final Receiver receiver = Receiver.start().answering(0);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        receiver.close();
        tenant.close();
    }

    @Test
    void aReceiverThatHangsIsGivenUpAfterTenSeconds() throws Exception {
        Installation installation = installation();
        try (EtlProcess process = installation.start("sync")) {
            assertThat(process.exitCode()).isZero();
            Instant finished = installation
                    .jdbc()
                    .sql("select finished_at from kandji.sync_run")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            assertThat(Duration.between(finished, Instant.now())).isLessThan(Duration.ofSeconds(14));
            assertThat(process.out()).contains("published in ");
            assertThat(warnings(process))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .contains(
                                    " of this run to " + receiver.root(),
                                    "The run stands as it ended. See whether KANDJI_"));
            assertThat(process.err()).doesNotContain(tenant.token());
        }
        assertThat(installation.lines("select outcome || exit_code from kandji.sync_run"))
                .containsExactly("published0");
    }

    @Test
    void aRunThatIsToldToStopEndsInTimeAllTheSame() throws Exception {
        Installation installation = installation();
        Hold hold = tenant.faults().onList().atOffset(0).holds();
        try (EtlProcess process = installation.start("sync")) {
            hold.awaitArrival();
            long told = System.nanoTime();
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(75);
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
            assertThat(warnings(process)).isNotEmpty();
            assertThat(process.err().lines().toList().getLast()).contains("(exit 75)");
        }
        assertThat(installation.lines("select outcome from kandji.sync_run")).containsExactly("stopped");
    }

    @Test
    void byDefaultNothingOfItIsLoaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        Installation installation = new Installation(folder, tenant);
        // A JVM's cache brings in classes that nobody asked for.
        try (EtlProcess process =
                installation.start(List.of("-XX:AOTMode=off", "-Xlog:class+load:file=" + loaded), "sync")) {
            assertThat(process.exitCode()).isZero();
        }
        // Spring Boot looks whether MeterRegistry is there, for what it would configure.
        assertThat(Files.readString(loaded))
                .contains("io.micrometer.observation.ObservationRegistry ")
                .doesNotContainPattern("io\\.(opentelemetry|prometheus)\\.")
                .doesNotContainPattern("io\\.micrometer\\.(registry|tracing|prometheusmetrics)\\.")
                .doesNotContainPattern("io\\.micrometer\\.core\\.(?!instrument\\.MeterRegistry )");
        assertThat(receiver.received()).isEmpty();
    }

    private static List<String> warnings(EtlProcess process) {
        return process.err()
                .lines()
                .filter(line -> line.contains("Unable to send "))
                .toList();
    }

    private Installation installation() {
        return new Installation(folder, tenant)
                .with("KANDJI_METRICS_PUSHGATEWAY", receiver.root().toString())
                .with("KANDJI_OTLP_ENDPOINT", receiver.root().toString());
    }
}
