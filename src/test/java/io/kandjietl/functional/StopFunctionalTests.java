package io.kandjietl.functional;

import static io.kandjietl.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Hold;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Published;
import io.kandjietl.support.Reference;
import io.kandjietl.support.TableLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Told to stop, wherever it is, a run ends within 20 seconds as {@code stopped}, with 75 from the process; started again it
 * ends with the rows and files of an undisturbed one.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StopFunctionalTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void inTheListingTheRequestUnderWayIsAbandoned() throws Exception {
        Hold hold = tenant.faults().onList().atOffset(200).holds();
        try (EtlProcess process = start()) {
            hold.awaitArrival();
            stop(process);
        }
        assertStoppedIn("extractDevices");
        tenant.faults().clear();
        goOn();
    }

    @Test
    void betweenTheTriesOfARequest() throws Exception {
        tenant.faults().onList().atOffset(200).always().drops();
        try (EtlProcess process = start()) {
            await().until(() -> process.err().contains("try 4 of 6"));
            stop(process);
        }
        assertStoppedIn("extractDevices");
        tenant.faults().clear();
        goOn();
    }

    @Test
    void whileTheListingWaitsForTheNextHour() throws Exception {
        installation.with("KANDJI_REQUESTS_PER_HOUR", "2");
        try (EtlProcess process = start()) {
            await().until(() -> process.err().contains("Waiting until"));
            stop(process);
        }
        assertStoppedIn("extractDevices");
        installation.without("KANDJI_REQUESTS_PER_HOUR");
        goOn();
    }

    @Test
    void whileDetailsWaitForTheNextHour() throws Exception {
        installation.with("KANDJI_REQUESTS_PER_HOUR", "100");
        try (EtlProcess process = start()) {
            await().until(() -> process.err().contains("devices are wanted still"));
            stop(process);
        }
        assertStoppedIn("extractDetails");
        installation.without("KANDJI_REQUESTS_PER_HOUR");
        goOn();
    }

    @Test
    void amongDetailsThatAreUnderWaySideBySide() throws Exception {
        Hold hold = tenant.faults().onDetails().nth(200).holds();
        try (EtlProcess process = start()) {
            hold.awaitArrival();
            stop(process);
        }
        assertStoppedIn("extractDetails");
        assertThat(installation.lines("select count(*) from kandji.staged_details"))
                .as("the batch before stays")
                .containsExactly("150");
        tenant.faults().clear();
        goOn();
    }

    @Test
    void aStatementThatGoesOnForTooLongIsCancelled() throws Exception {
        try (EtlProcess process = start();
                TableLock lock = TableLock.onceThere(installation, "kandji.device_assignment")) {
            TableLock.awaitBlocked(installation, 1);
            stop(process);
            lock.release();
        }
        assertStoppedIn("publishWarehouse");
        assertThat(installation.lines("select count(*) from kandji.device")).containsExactly("0");
        goOn();
    }

    @Test
    void whileTheLakeIsWrittenTheWarehouseStaysPublished() throws Exception {
        try (EtlProcess process = start();
                TableLock lock = TableLock.onceThere(installation, "kandji.device_assignment")) {
            TableLock.awaitBlocked(installation, 1);
            // Queued behind the publication, this lock is granted at its commit, before the lake reads the table.
            CompletableFuture<TableLock> next =
                    CompletableFuture.supplyAsync(() -> TableLock.on(installation, "kandji.device_assignment"));
            TableLock.awaitBlocked(installation, 2);
            lock.release();
            try (TableLock held = next.get()) {
                TableLock.awaitBlocked(installation, 1);
                stop(process);
                held.release();
            }
        }
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step from kandji.sync_run"))
                .containsExactly("published 75 publishLake");
        assertThat(installation.files().keySet())
                .as("no manifest names what was written")
                .noneMatch(name -> name.endsWith(".json"));
        goOn();
    }

    @Test
    void anOperatorsCommandStopsAProcessElsewhere() throws Exception {
        Hold hold = tenant.faults().onDetails().nth(150).holds();
        try (EtlProcess process = start()) {
            hold.awaitArrival();
            try (EtlProcess stop = installation.start("stop", "1")) {
                assertThat(stop.exitCode()).as(stop.err()).isZero();
                assertThat(stop.out())
                        .containsPattern("Run 1 is asked to stop: .+, process \\d+ is at work on it\\s+"
                                + "Run 1 is stopped\\. To go on with it: `restart 1`");
            }
            assertThat(process.exitCode()).isEqualTo(75);
            assertThat(process.err().lines().toList().getLast()).contains("ERROR Stopped by the command stop");
        }
        assertStoppedIn("extractDetails");
        tenant.faults().clear();
        goOn();
    }

    @Test
    void whileItWaitsForTheLease() throws Exception {
        assertThat(installation.run("migrate").exitCode()).isZero();
        installation
                .jdbc()
                .sql("insert into kandji.lease (tenant, token, holder, acquired_at, renewed_at, expires_at)"
                        + " select 'acme', 1, 'another pod', now(), now(), now() + interval '1 hour'")
                .update();
        try (EtlProcess process = start()) {
            await().until(() -> process.err().contains("Waiting for the lease"));
            stop(process);
        }
        assertThat(installation.lines("select run_id from kandji.sync_run")).isEmpty();
        goOn();
    }

    private EtlProcess start() {
        return reference.start(installation);
    }

    private static void stop(EtlProcess process) throws InterruptedException {
        long begin = System.nanoTime();
        process.terminate();
        int code = process.exitCode();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(code).as(process.err()).isEqualTo(75);
        assertThat(took).isLessThan(PATIENCE);
        List<String> lines = process.err().lines().toList();
        assertThat(lines.getLast())
                .contains("ERROR Stopped by a signal to the process", "(exit 75)")
                .doesNotContain("Exception");
    }

    private void assertStoppedIn(String step) {
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step from kandji.sync_run"))
                .containsExactly("stopped 75 " + step);
        assertThat(installation.lines("select 1 from kandji.lease where expires_at > clock_timestamp()"))
                .as("the lease is given back")
                .isEmpty();
    }

    private void goOn() throws Exception {
        installation.leaseRunsOut();
        try (EtlProcess process = start()) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(Published.by(installation)).isEqualTo(reference.published());
    }
}
