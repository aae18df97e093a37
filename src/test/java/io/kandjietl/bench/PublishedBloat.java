package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How large the published tables and their indexes are after slots with 2 % changed, beside what is left of them when
 * they are written anew by {@code vacuum full}, and without the room that {@code device} leaves for new versions. Slots are two hours apart, in which autovacuum comes by; here they follow at
 * once, and a plain {@code vacuum} of the tables that are past the server's thresholds stands for it.
 */
final class PublishedBloat {

    private static final int TWO_PERCENT = 50;
    private static final List<String> TABLES = List.of("device", "device_history", "device_assignment");

    private PublishedBloat() {}

    static void measure(int devices, int slots, BenchmarkReport report) throws Exception {
        try (SteadyFleet fleet = new SteadyFleet(devices)) {
            fleet.publish(fleet.first());
            fleet.vacuumWorn();
            for (int slot = 0; slot < slots; slot++) {
                fleet.publish(fleet.next(TWO_PERCENT));
                fleet.vacuumWorn();
            }
            List<Size> worn = sizes(fleet);
            fleet.warehouse()
                    .jdbc()
                    .sql("alter table kandji.device set (fillfactor = 100)")
                    .update();
            for (String table : TABLES) {
                fleet.warehouse().jdbc().sql("vacuum full kandji." + table).update();
            }
            List<Size> compact = sizes(fleet);
            for (int i = 0; i < worn.size(); i++) {
                report.add(figure(devices, slots, worn.get(i), compact.get(i)));
            }
        }
    }

    private static Figure figure(int devices, int slots, Size worn, Size compact) {
        return new Figure(
                String.format(
                        Locale.ROOT,
                        "publication, %,d devices, %d slots of 2 %%, vacuum between for autovacuum: %s",
                        devices,
                        slots,
                        worn.name()),
                "bytes",
                new Samples(worn.bytes()),
                "written anew, packed",
                new Samples(compact.bytes()),
                Target.atMost(1.3));
    }

    private static List<Size> sizes(SteadyFleet fleet) {
        List<Size> sizes = new ArrayList<>();
        for (String table : TABLES) {
            sizes.add(size(fleet, table + ", table", "pg_table_size", table));
            sizes.add(size(fleet, table + ", indexes", "pg_indexes_size", table));
        }
        return sizes;
    }

    private static Size size(SteadyFleet fleet, String name, String function, String table) {
        return new Size(name, fleet.warehouse().count("select " + function + "('kandji." + table + "')"));
    }

    /** How large something is. */
    private record Size(String name, long bytes) {}
}
