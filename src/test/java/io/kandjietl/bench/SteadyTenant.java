package io.kandjietl.bench;

import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.RequestLog;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import io.kandjietl.support.Patience;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.SyncRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One installation and its tenant, on a clock of their own that passes by sleeping in it: what is waited for costs no time. The
 * tenant has the vendor's limits, and all settings are as they ship.
 */
final class SteadyTenant implements AutoCloseable {

    private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration SLOT = Duration.ofHours(2);

    private final ManualClock clock = new ManualClock(BEGIN.toString());
    private final KnownFleet fleet;
    private final SimulatedTenant tenant;
    private final Path folder;
    private final TestDatabase database = TestDatabase.migrated();
    private final Installation installation;

    SteadyTenant(Path parent, int devices) throws IOException {
        fleet = new KnownFleet(devices);
        tenant = SimulatedTenant.builder().fleet(fleet).clock(clock).start();
        folder = Files.createTempDirectory(parent.toAbsolutePath(), "slot");
        installation = asShipped(tenant);
    }

    private Installation asShipped(SimulatedTenant asked) {
        return new Installation(folder, asked, database)
                .without("KANDJI_REQUESTS_PER_SECOND")
                .with("LOGGING_LEVEL_IO_KANDJIETL", "warn");
    }

    /**
     * Loads everything, details too, and dates these as if they had been asked for slot by slot: rows that are as a long run
     * leaves them, which would else take a day of slots. No limit holds it up.
     */
    void loadAsOfLong(int[] answered) {
        try (SimulatedTenant generous =
                SimulatedTenant.builder().fleet(fleet).clock(clock).unlimited().start()) {
            ClockedSync.run(
                    asShipped(generous)
                            .with("KANDJI_REQUESTS_PER_SECOND", "1000")
                            .with("KANDJI_REQUESTS_PER_HOUR", "100000"),
                    clock,
                    SyncRequest.REGULAR);
        }
        int dated = installation
                .jdbc()
                .sql("update kandji.device set details_as_of = at, details_tried_at = at from ("
                        + " select device_id, :begin + answered * interval '2 hours' + interval '5 minutes' as at"
                        + " from (select device_id, row_number() over (order by device_id) as number"
                        + " from kandji.device) numbered"
                        + " join unnest(:answered) with ordinality as slots (answered, number) using (number)"
                        + ") aged where device.device_id = aged.device_id and device.details_as_of is not null")
                .param("begin", BEGIN.atOffset(ZoneOffset.UTC))
                .param("answered", answered)
                .update();
        Work.expect("Devices with details", answered.length, dated);
        installation.jdbc().sql("vacuum analyze").update();
    }

    /** Runs a slot, and tells what it cost. */
    SlotCost run(int slot) throws Exception {
        fleet.turnTo(slot);
        Duration ahead = Duration.between(clock.instant(), BEGIN.plus(SLOT.multipliedBy(slot)));
        if (ahead.isPositive()) {
            clock.pass(ahead);
        }
        fleet.takeBytes();
        tenant.requests().clear();
        WrittenRows before = written();
        long logBefore = logged();
        SyncReport[] report = new SyncReport[1];
        double seconds = InTurn.seconds(() -> report[0] = ClockedSync.run(installation, clock, SyncRequest.REGULAR));
        SyncRun run = Objects.requireNonNull(report[0].run(), "The slot has no run");
        RequestLog requests = tenant.requests();
        // A page beyond the listing's end may be given up when it is counted, and before it is sent.
        Work.expectBetween("Requests of the run's record", requests.count(), requests.count() + 1, run.requestsUsed());
        Work.expect("Requests that were refused", 0, requests.rateLimited());
        Work.expect("Devices listed", fleet.size(clock.instant()), number(run.devicesListed()));
        Work.expect("Details used", requests.count(RequestKind.DETAILS, 200), number(run.detailsFetched()));
        return new SlotCost(
                requests.count(RequestKind.LIST, 200),
                requests.count(RequestKind.DETAILS, 200),
                number(run.devicesChanged()),
                fleet.takeBytes(),
                written().since(before),
                logged() - logBefore,
                stored(),
                seconds);
    }

    private static long number(@Nullable Long count) {
        return Objects.requireNonNull(count, "The run is not published");
    }

    /** As PostgreSQL counts them; a connection's own are told when it has ended. */
    private WrittenRows written() {
        Patience.await()
                .until(() -> installation
                        .lines("select pid::text from pg_stat_activity where datname = current_database()"
                                + " and backend_type = 'client backend' and pid <> pg_backend_pid()")
                        .isEmpty());
        return WrittenRows.of(installation.jdbc());
    }

    private long logged() {
        return bytes("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }

    private long stored() {
        return bytes("select sum(pg_total_relation_size(relid)) from pg_stat_user_tables"
                + " where schemaname in ('kandji', 'batch')");
    }

    private long bytes(String sql) {
        return installation.jdbc().sql(sql).query(Long.class).single();
    }

    @Override
    public void close() throws IOException {
        tenant.close();
        database.drop();
        FileSystemUtils.deleteRecursively(folder);
    }
}
