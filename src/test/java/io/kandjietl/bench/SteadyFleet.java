package io.kandjietl.bench;

import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.warehouse.PublicationResult;
import io.kandjietl.warehouse.PublicationResult.Published;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.StagingWriter;
import java.util.List;

/**
 * A fleet in a warehouse, slot by slot. The first slot brings a simulated listing, and the details of every device with
 * one local account a Mac, so that the later ones find what a fleet has that was looked up long ago. A later slot lists
 * every device as it is known, checked in since; some have another version of their system, and every second one of
 * these another user. It brings the details of a twelfth of the devices, as slots of two hours do that keep details a day
 * old, or, of a large fleet, of as many as the share of requests leaves beside the listing; they tell nothing new.
 *
 * <p>Staging, and looking after the tables, is not part of what is timed. Not for several threads.
 */
final class SteadyFleet implements AutoCloseable {

    private static final int SLOTS_OF_A_DAY = 12;

    /** What two hours' shares of 5,000 requests allow. */
    private static final int REQUESTS_OF_A_SLOT = 10_000;

    private static final String TABLES = "kandji.device, kandji.device_history, kandji.device_assignment,"
            + " kandji.staged_device, kandji.staged_assignment, kandji.staged_details";

    /** What autovacuum would come by for, with the server's settings. */
    private static final String WORN = """
            select relid::regclass::text
            from pg_stat_user_tables
            join pg_class on pg_class.oid = relid
            where schemaname = 'kandji' and (
                n_dead_tup > current_setting('autovacuum_vacuum_threshold')::bigint
                    + current_setting('autovacuum_vacuum_scale_factor')::float8 * greatest(reltuples, 0)
                or n_ins_since_vacuum > current_setting('autovacuum_vacuum_insert_threshold')::bigint
                    + current_setting('autovacuum_vacuum_insert_scale_factor')::float8 * greatest(reltuples, 0))
            """;

    private final BenchWarehouse warehouse = new BenchWarehouse();
    private final int devices;
    private final SlotStaging staging;
    private int number;

    /** Lists the devices. */
    SteadyFleet(int devices) {
        this.devices = devices;
        this.staging = new SlotStaging(warehouse.jdbc(), detailsEvery(devices));
        StagingWriter writer = warehouse.stagingWriter(warehouse.begin(1));
        SimulatedListing.forEachPage(devices, page -> warehouse.write(writer, page));
        staging.keepListing();
    }

    private static int detailsEvery(int devices) {
        int left = REQUESTS_OF_A_SLOT - Math.ceilDiv(devices, KandjiSettings.MAX_PAGE_SIZE) - 1;
        return Math.max(SLOTS_OF_A_DAY, Math.ceilDiv(devices, Math.max(1, left)));
    }

    BenchWarehouse warehouse() {
        return warehouse;
    }

    /** Forgets every slot, and stages the first one. */
    Slot first() {
        warehouse.empty(TABLES + ", kandji.sync_run, kandji.run_requests, kandji.field_drift");
        number = 1;
        Run run = warehouse.begin(number);
        staging.first(run);
        return new Slot(run, devices);
    }

    /** Stages the next slot: of so many devices one is changed, of 0 none. */
    Slot next(int every) {
        Run run = warehouse.begin(++number);
        long changed = staging.next(run, every);
        long expected = every == 0 ? 0 : devices / every;
        if (Math.abs(changed - expected) > 1) {
            throw new IllegalStateException(
                    "Of " + devices + " devices " + changed + " were to change, not " + expected);
        }
        return new Slot(run, changed);
    }

    /** Does what autovacuum has done to every table by the time a run publishes: its details alone take long enough. */
    void settle() {
        warehouse.jdbc().sql("vacuum (analyze) " + TABLES).update();
        warehouse.jdbc().sql("checkpoint").update();
    }

    /** Does what autovacuum does in the two hours to the next slot: it comes by for the tables past its thresholds alone. */
    void vacuumWorn() {
        warehouse.jdbc().sql("select pg_stat_force_next_flush()").query().singleRow();
        List<String> worn = warehouse.jdbc().sql(WORN).query(String.class).list();
        if (!worn.isEmpty()) {
            warehouse.jdbc().sql("vacuum (analyze) " + String.join(", ", worn)).update();
        }
    }

    /** Publishes a slot, checks that it did, and tells how many seconds it took. */
    double publish(Slot slot) throws Exception {
        PublicationResult[] result = new PublicationResult[1];
        double seconds = InTurn.seconds(() -> result[0] = warehouse.publish(slot.run()));
        if (!result[0].equals(new Published(devices, slot.changed(), null))) {
            throw new IllegalStateException(
                    "Of " + devices + " devices, " + slot.changed() + " of them changed, came " + result[0]);
        }
        long seen = warehouse.count("select count(*) from kandji.device"
                + " where last_seen_slot = (select max(slot) from kandji.sync_run where outcome = 'published')");
        long open = warehouse.count("select count(*) from kandji.device_history where valid_to is null");
        if (seen != devices || open != devices) {
            throw new IllegalStateException("Of " + devices + " devices " + seen + " were seen in the newest slot, and "
                    + open + " have an open row of history");
        }
        return seconds;
    }

    @Override
    public void close() {
        warehouse.close();
    }

    /**
     * A slot that is staged.
     *
     * @param run whose it is
     * @param changed devices that are new or changed in a tracked column
     */
    record Slot(Run run, long changed) {}
}
