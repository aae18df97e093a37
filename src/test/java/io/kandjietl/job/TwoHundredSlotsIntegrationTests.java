package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two hundred slots with the shortest retention of job metadata and rejected records: what a run leaves behind for itself
 * stays as large as it was, whether or not anybody ever prunes.
 */
@Timeout(600)
class TwoHundredSlotsIntegrationTests {

    private static final Logger log = LoggerFactory.getLogger(TwoHundredSlotsIntegrationTests.class);

    private static final String ROWS = """
            select class.oid::regclass::text as name,
                (xpath('/row/c/text()', query_to_xml('select count(*) as c from ' || class.oid::regclass, false, true, '')))
                    [1]::text::bigint as rows,
                pg_total_relation_size(class.oid) as bytes
            from pg_class class
            where class.relkind = 'r'
              and class.relnamespace in ('kandji'::regnamespace, 'batch'::regnamespace)
            """;

    /** What grows with what happens in the fleet and with time: that is what they are for. The ledger forgets after 31 days. */
    private static final List<String> GROWING = List.of(
            "kandji.request_ledger",
            "kandji.device_history",
            "kandji.device_assignment",
            "kandji.sync_run",
            "kandji.run_requests");

    private static final int SLOTS_OF_A_DAY = 12;

    @TempDir
    private Path folder;

    @Test
    void whatARunLeavesForItselfDoesNotGrow() {
        ManualClock clock = new ManualClock("2026-11-01T00:00:00Z");
        ScriptedFleet fleet = ScriptedFleet.of("17");
        for (int number = 0; number < 20; number++) {
            fleet.append(ScriptedFleet.row(id(number)));
        }
        try (SimulatedTenant tenant =
                SimulatedTenant.builder().fleet(fleet).clock(clock).unlimited().start()) {
            Installation installation = new Installation(folder, tenant)
                    .with("LAKE_URI", "none")
                    .with("KANDJI_REJECTS_MAX_RECORDS", "50")
                    .with("KANDJI_RETENTION_BATCH", "7d")
                    .with("KANDJI_RETENTION_REJECTS", "7d");
            Map<String, Size> early = Map.of();
            for (int slot = 1; slot <= 200; slot++) {
                int number = slot;
                fleet.change(id(slot % 20), row -> row.put("os_version", "15." + number));
                ClockedSync.run(installation, clock, SyncRequest.REGULAR);
                clock.pass(Duration.ofHours(2));
                if (slot % SLOTS_OF_A_DAY == 0) {
                    // What autovacuum does many times a day does not come in a day that lasts for seconds.
                    installation.jdbc().sql("vacuum").update();
                }
                if (slot == 100) {
                    early = sizes(installation);
                }
            }
            assertBounded(early, sizes(installation));
            assertThat(installation.lines("select count(*) from kandji.sync_run where outcome = 'published'"))
                    .containsExactly("200");
        }
    }

    private static void assertBounded(Map<String, Size> early, Map<String, Size> late) {
        late.forEach((table, size) -> {
            Size before = early.getOrDefault(table, new Size(0, 0));
            log.warn(
                    "{}: {} rows, {} bytes after 100 slots; {} rows, {} bytes after 200",
                    table,
                    before.rows(),
                    before.bytes(),
                    size.rows(),
                    size.bytes());
            if (!GROWING.contains(table)) {
                assertThat(size.rows()).as(table + ": rows").isLessThanOrEqualTo(before.rows() + 20);
                assertThat(size.bytes()).as(table + ": bytes").isLessThanOrEqualTo(before.bytes() * 3 / 2 + 65_536);
            }
        });
        assertThat(early.get("batch.batch_step_execution"))
                .as("seven days of twelve runs, five steps each")
                .satisfies(size -> assertThat(size == null ? 0 : size.rows()).isBetween(400L, 430L));
    }

    private static Map<String, Size> sizes(Installation installation) {
        Map<String, Size> sizes = new TreeMap<>();
        installation
                .jdbc()
                .sql(ROWS)
                .query((row, number) ->
                        sizes.put(row.getString("name"), new Size(row.getLong("rows"), row.getLong("bytes"))))
                .list();
        return sizes;
    }

    private record Size(long rows, long bytes) {}

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }
}
