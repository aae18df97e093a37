package io.kandjietl.functional;

import static io.kandjietl.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.BadRecord;
import io.kandjietl.simulator.Hold;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Published;
import io.kandjietl.support.TableLock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed with SIGKILL in any step and started again, a run ends with the rows and files of an undisturbed one. */
class KillFunctionalTests {

    private static final int PAGE = 100;

    private final String slot = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    /** Its clock stands still, so that every run sees the same fleet to the last check-in. */
    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(SimulatedFleet.builder()
                    .size(1_050)
                    .seed(7)
                    .otherPlatforms()
                    .badPerThousand(6, BadRecord.USER_IS_A_NUMBER, BadRecord.UNPARSEABLE_DATE)
                    .build())
            .clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
            .unlimited()
            .start();

    @TempDir
    private Path folder;

    private Installation killed;
    private Installation undisturbed;
    private Published published;

    @BeforeEach
    void runUndisturbed() throws Exception {
        undisturbed = installation("undisturbed");
        try (EtlProcess process = undisturbed.start("sync", "--slot", slot)) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        published = Published.by(undisturbed);
        assertThat(published.tables()).hasSizeGreaterThan(3_000);
        assertThat(published.names()).hasSize(4);
        assertThat(published.assignments()).hasSize(1);
        assertThat(published.devices()).hasSizeGreaterThan(1_000);
        killed = installation("killed");
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void killedInTheListingItResumesOnePageBeforeTheFirstUncommittedDevice() throws Exception {
        tenant.requests().clear();
        Hold hold = tenant.faults().onList().atOffset(5 * PAGE).holds();
        try (EtlProcess process = killed.start("sync", "--slot", slot)) {
            hold.awaitArrival();
            await().until(() ->
                    killed.lines("select count(*) from kandji.staged_device").equals(List.of("400"))
                            || !killed.lines("select 1 from kandji.staged_device having count(*) > 390")
                                    .isEmpty());
            process.kill();
        }
        hold.release();
        long before = tenant.requests().count();
        tenant.requests().clear();

        goOn();

        long made = before + tenant.requests().count();
        assertThat(Long.parseLong(killed.lines("select requests_used from kandji.sync_run")
                        .getFirst()))
                .as("requests of both processes, and at most what was left of the first one's block")
                .isBetween(made, made + 10);
        assertThat(tenant.requests().offsets().first())
                .as("one page before the first uncommitted device")
                .isBetween(3L * PAGE, 4L * PAGE);
        assertSameAsUndisturbed();
    }

    @Test
    void killedInTheDetailsItAsksAgainOnlyForWhatWasNotCommitted() throws Exception {
        Hold hold = tenant.faults().onDetails().nth(350).holds();
        try (EtlProcess process = killed.start("sync", "--slot", slot)) {
            hold.awaitArrival();
            await().until(() ->
                    killed.lines("select count(*) from kandji.staged_details").equals(List.of("300")));
            process.kill();
        }
        hold.release();
        tenant.requests().clear();

        goOn();

        int all = undisturbed
                .lines("select device_id from kandji.device where details_tried_at is not null")
                .size();
        assertThat(all).isGreaterThan(900);
        assertThat(tenant.requests().detailedDevices()).hasSize(all - 300);
        assertThat(tenant.requests().count(RequestKind.LIST))
                .as("the listing is not repeated")
                .isZero();
        assertSameAsUndisturbed();
    }

    @Test
    void killedWhileItWaitsForTheNextHourItRepeatsNothing() throws Exception {
        killed.with("KANDJI_REQUESTS_PER_HOUR", "300");
        try (EtlProcess process = killed.start("sync", "--slot", slot)) {
            await().until(() -> process.err().contains("devices are wanted still"));
            process.kill();
        }
        long committed = Long.parseLong(
                killed.lines("select count(*) from kandji.staged_details").getFirst());
        assertThat(committed).as("the share, less the listing").isGreaterThan(250);
        killed.without("KANDJI_REQUESTS_PER_HOUR");
        tenant.requests().clear();

        goOn();

        assertThat(tenant.requests().count(RequestKind.DETAILS))
                .isEqualTo(undisturbed
                                .lines("select device_id from kandji.device where details_tried_at is not null")
                                .size()
                        - committed);
        assertSameAsUndisturbed();
    }

    @Test
    void killedAmongTheAbsencesItLooksUpOnlyWhatWasNotCommitted() throws Exception {
        try (EtlProcess process = killed.start("sync", "--slot", slot)) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        String later = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        addUnknownDevices(killed);
        addUnknownDevices(undisturbed);
        try (EtlProcess process = undisturbed.start("sync", "--slot", later)) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        // A restart asks witnesses anew, so it uses some more answers about listed devices.
        undisturbed
                .jdbc()
                .sql("update kandji.sync_run set details_fetched = null")
                .update();
        published = Published.by(undisturbed);
        assertThat(undisturbed.lines("select count(*) from kandji.device where archived_reason = 'gone'"))
                .containsExactly("400");

        Hold hold = tenant.faults().onDetails().nth(250).holds();
        try (EtlProcess process = killed.start("sync", "--slot", later)) {
            hold.awaitArrival();
            await().until(() ->
                    killed.lines("select count(*) from kandji.staged_details").equals(List.of("200")));
            process.kill();
        }
        hold.release();
        long committed =
                Long.parseLong(killed.lines("select count(*) from kandji.staged_details where verdict = 'unknown'")
                        .getFirst());
        tenant.requests().clear();

        killed.leaseRunsOut();
        try (EtlProcess process = killed.start("sync", "--slot", later)) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }

        assertThat(tenant.requests().detailedDevices())
                .filteredOn(device -> device.startsWith("gone-"))
                .hasSize((int) (400 - committed));
        killed.jdbc().sql("update kandji.sync_run set details_fetched = null").update();
        assertSameAsUndisturbed();
    }

    /** Active devices that the tenant does not know: so many that a person had to accept it. */
    private static void addUnknownDevices(Installation installation) {
        installation.jdbc().sql("""
                        with added as (
                            insert into kandji.device
                                (tenant, device_id, status, first_seen_slot, last_seen_slot, changed_slot)
                            select tenant, 'gone-' || number, 'active', slot, slot, slot
                            from kandji.sync_run, generate_series(1, 400) number
                            returning tenant, device_id, first_seen_slot
                        ), history as (
                            insert into kandji.device_history (tenant, device_id, status, valid_from)
                            select tenant, device_id, 'active', first_seen_slot from added
                        )
                        insert into kandji.held_archival (tenant, slot, device_id, reason, accepted_at)
                        select tenant, first_seen_slot, device_id, 'gone', first_seen_slot from added
                        """).update();
    }

    @Test
    void killedInThePublicationOfTheWarehouseItPublishesOnce() throws Exception {
        try (EtlProcess process = killed.start("sync", "--slot", slot);
                TableLock lock = TableLock.onceThere(killed, "kandji.device")) {
            TableLock.awaitBlocked(killed, 1);
            process.kill();
            lock.release();
        }
        assertThat(killed.lines("select outcome from kandji.sync_run")).containsExactly("running");
        assertThat(killed.lines("select count(*)::text from kandji.device")).containsExactly("0");

        goOn();

        assertSameAsUndisturbed();
    }

    @Test
    void killedBetweenTheTwoFilesOfTheLakeItWritesBothAndTheManifest() throws Exception {
        try (EtlProcess process = killed.start("sync", "--slot", slot);
                TableLock lock = TableLock.onceThere(killed, "kandji.device_assignment")) {
            TableLock.awaitBlocked(killed, 1);
            // Queued behind the publication, this lock is granted at its commit, before the lake reads the table.
            CompletableFuture<TableLock> next =
                    CompletableFuture.supplyAsync(() -> TableLock.on(killed, "kandji.device_assignment"));
            TableLock.awaitBlocked(killed, 2);
            lock.release();
            try (TableLock held = next.get()) {
                TableLock.awaitBlocked(killed, 1);
                process.kill();
                held.release();
            }
        }
        assertThat(killed.lines("select outcome from kandji.sync_run")).containsExactly("published");
        assertThat(killed.lines("select lake_manifest from kandji.sync_run where lake_manifest is not null"))
                .isEmpty();
        assertThat(killed.files())
                .hasSizeLessThan(4)
                .noneSatisfy((name, bytes) -> assertThat(name).endsWith(".json"));

        goOn();

        assertSameAsUndisturbed();
    }

    private void goOn() throws InterruptedException {
        killed.leaseRunsOut();
        try (EtlProcess process = killed.start("sync", "--slot", slot)) {
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.err()).contains("The process that was at work on run 1 died", "going on with run 1");
        }
    }

    private void assertSameAsUndisturbed() throws IOException, SQLException {
        assertThat(Published.by(killed)).isEqualTo(published);
    }

    private Installation installation(String name) {
        return new Installation(folder.resolve(name), tenant).with("KANDJI_PAGE_SIZE", String.valueOf(PAGE));
    }
}
