package io.kandjietl.functional;

import static io.kandjietl.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kandjietl.simulator.Hold;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Published;
import io.kandjietl.support.Reference;
import io.kandjietl.support.TableLock;
import io.kandjietl.support.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are frozen, cut off from PostgreSQL, or started beside one another: one of them does the work, once. */
@TestInstance(Lifecycle.PER_CLASS)
class DisruptionFunctionalTests {

    private Reference reference;
    private SimulatedTenant tenant;
    private Installation installation;

    @BeforeAll
    void runUndisturbed(@TempDir Path folder) throws Exception {
        reference = new Reference(folder);
        tenant = reference.tenant();
    }

    @BeforeEach
    void install(@TempDir Path folder) {
        installation = reference.installation(folder);
    }

    @AfterEach
    void calm() {
        reference.calm();
    }

    @AfterAll
    void close() {
        reference.close();
    }

    @Test
    void frozenPastItsLeaseItWritesNothingMoreAndSaysWhy() throws Exception {
        Hold hold = tenant.faults().onDetails().nth(150).holds();
        try (EtlProcess frozen = start()) {
            hold.awaitArrival();
            frozen.freeze();
            tenant.faults().clear();
            installation.leaseRunsOut();
            try (EtlProcess successor = start()) {
                assertThat(successor.exitCode()).as(successor.err()).isZero();
            }
            assertThat(Published.by(installation)).isEqualTo(reference.published());

            frozen.wake();

            assertThat(frozen.exitCode()).isEqualTo(75);
            assertThat(frozen.err().lines().toList().getLast())
                    .contains("ERROR Lost the lease of tenant 'acme': ", "(exit 75)");
        }
        assertThat(Published.by(installation)).isEqualTo(reference.published());
    }

    @Test
    void frozenInsideATransactionItBlocksItsSuccessorForNoLongerThanTheLease() throws Exception {
        try (EtlProcess frozen = start();
                TableLock lock = TableLock.onceThere(installation, "kandji.device_assignment")) {
            TableLock.awaitBlocked(installation, 1);
            frozen.freeze();
            lock.release();
            await().until(() -> !installation
                    .lines("select 1 from pg_stat_activity where datname = current_database()"
                            + " and state = 'idle in transaction'")
                    .isEmpty());
            Instant begin = Instant.now();
            try (EtlProcess successor = start()) {
                assertThat(successor.exitCode()).as(successor.err()).isZero();
            }
            assertThat(Duration.between(begin, Instant.now()))
                    .as("30 seconds for the lease, and the run itself")
                    .isLessThan(Duration.ofSeconds(45));
            assertThat(Published.by(installation)).isEqualTo(reference.published());

            frozen.wake();

            assertThat(frozen.exitCode()).isIn(69, 75);
        }
        assertThat(Published.by(installation)).isEqualTo(reference.published());
    }

    @Test
    void cutOffInTheMiddleOfAChunkItFailsAndTheNextGoesOn() throws Exception {
        Hold hold = tenant.faults().onList().atOffset(200).holds();
        try (EtlProcess process = start()) {
            hold.awaitArrival();
            try (TableLock lock = TableLock.on(installation, "kandji.staged_assignment")) {
                hold.release();
                TableLock.awaitBlocked(installation, 1);
                installation.lines("select pg_terminate_backend(pid)::text from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'");
                lock.release();
            }
            assertThat(process.exitCode()).as(process.err()).isEqualTo(69);
            assertThat(process.err().lines().toList().getLast())
                    .contains("ERROR PostgreSQL did not answer, or went away", "(exit 69)");
        }
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step from kandji.sync_run"))
                .containsExactly("failed 69 extractDevices");
        assertThat(installation.run("restart").exitCode()).isZero();
        assertThat(Published.by(installation)).isEqualTo(reference.published());
    }

    @Test
    void allItsConnectionsCutAtOnceBetweenTwoChunksItGoesOnByItself() throws Exception {
        Hold hold = tenant.faults().onDetails().nth(150).holds();
        try (EtlProcess process = start()) {
            hold.awaitArrival();
            installation.lines("select pg_terminate_backend(pid)::text from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
            hold.release();
            int code = process.exitCode();
            assertThat(code).as(process.err()).isIn(0, 69);
            if (code == 69) {
                assertThat(installation.run("restart").exitCode()).isZero();
            }
        }
        assertThat(Published.by(installation)).isEqualTo(reference.published());
    }

    @Test
    void twoThatStartAtTheSameMomentDoTheWorkOnceEachOfFiveTimes(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 5; i++) {
            tenant.requests().clear();
            Installation shared = reference.installation(folder.resolve("n" + i));
            try (EtlProcess one = reference.start(shared);
                    EtlProcess other = reference.start(shared)) {
                assertThat(one.exitCode()).as(one.err()).isZero();
                assertThat(other.exitCode()).as(other.err()).isZero();
                assertThat(List.of(
                                one.out().contains("published in"), other.out().contains("published in")))
                        .containsExactlyInAnyOrder(true, false);
            }
            assertThat(tenant.requests().count())
                    .as("those of one run; a page that was guessed wrongly may be given up before it is sent")
                    .isCloseTo(reference.requests(), within(1L));
            assertThat(Published.by(shared)).isEqualTo(reference.published());
        }
    }

    @Test
    void thirtyTwoTenantsThatStartAtTheSameMomentDoNotFailOneAnother(@TempDir Path folder) throws Exception {
        try (SimulatedTenant small = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(10).build())
                .unlimited()
                .start()) {
            Installation first = new Installation(folder.resolve("0"), small).with("KANDJI_TENANT", "tenant-0");
            assertThat(first.run("migrate").exitCode()).isZero();
            List<EtlProcess> all = new ArrayList<>();
            all.add(first.start("sync", "--slot", reference.slot()));
            for (int i = 1; i < 32; i++) {
                all.add(new Installation(folder.resolve(Integer.toString(i)), small, first.database())
                        .with("KANDJI_TENANT", "tenant-" + i)
                        .start("sync", "--slot", reference.slot()));
            }
            for (EtlProcess process : all) {
                try (process) {
                    assertThat(process.exitCode()).as(process.err()).isZero();
                }
            }
            assertThat(first.lines(
                            "select outcome || ' ' || count(distinct tenant) from kandji.sync_run group by outcome"))
                    .containsExactly("published 32");
        }
    }

    @Test
    void postgresThatIsKilledAndStartedAgainLostNothingThatWasCommitted(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        EmbeddedPostgres server = durable(data).start();
        try {
            installation = reference
                    .of(new Installation(folder, tenant, TestDatabase.ofServer(server.getPort())))
                    .with("SPRING_DATASOURCE_HIKARI_CONNECTIONTIMEOUT", "2000");
            Hold hold = tenant.faults().onDetails().nth(200).holds();
            try (EtlProcess process = start()) {
                hold.awaitArrival();
                await().until(() -> installation
                        .lines("select count(*) from kandji.staged_details")
                        .equals(List.of("150")));
                long postmaster = Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
                ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
                hold.release();
                assertThat(process.exitCode()).as(process.err()).isEqualTo(69);
            }
            server.close(); // Its process is gone; what holds the folder is given back.
            server = durable(data).setPort(server.getPort()).start();
            assertThat(installation.lines("select outcome from kandji.sync_run"))
                    .containsExactly("running");
            tenant.requests().clear();
            installation.leaseRunsOut();

            assertThat(installation.run("restart").exitCode()).isZero();

            assertThat(tenant.requests().count(RequestKind.LIST)).isZero();
            assertThat(tenant.requests().count(RequestKind.DETAILS))
                    .as("what was not committed")
                    .isLessThan(Reference.DEVICES - 149);
            assertThat(Published.by(installation)).isEqualTo(reference.published());
        } finally {
            server.close();
        }
    }

    /** Embedded servers do without fsync unless they are told. */
    private static EmbeddedPostgres.Builder durable(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    @Test
    void aLakeThatFailsInTheMiddleOfAFileIsWrittenByTheNext(@TempDir Path folder) throws Exception {
        try (SimulatedTenant large = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(25_000).seed(7).build())
                .clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
                .unlimited()
                .start()) {
            installation = new Installation(folder, large).with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0");
            try (EtlProcess process = installation.startWithSmallFiles(1_200, "sync", "--slot", reference.slot())) {
                assertThat(process.exitCode()).as(process.err()).isEqualTo(73);
                assertThat(process.err().lines().toList().getLast()).contains("too large", "(exit 73)");
            }
            assertThat(installation.lines(
                            "select outcome || ' ' || exit_code || ' ' || failed_step from kandji.sync_run"))
                    .containsExactly("published 73 publishLake");
            assertThat(installation.files().keySet())
                    .as("nothing half written stays")
                    .isEmpty();
            large.requests().clear();

            try (EtlProcess process = start()) {
                assertThat(process.exitCode()).as(process.err()).isZero();
            }

            assertThat(large.requests().count())
                    .as("only the files are written")
                    .isZero();
            assertThat(installation.files()).hasSize(4);
            assertThat(Published.by(installation).devices())
                    .hasSize(installation.lines("select 1 from kandji.device").size())
                    .hasSizeGreaterThan(20_000);
        }
    }

    private EtlProcess start() {
        return reference.start(installation);
    }
}
