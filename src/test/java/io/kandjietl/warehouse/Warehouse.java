package io.kandjietl.warehouse;

import com.zaxxer.hikari.HikariDataSource;
import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.support.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A warehouse of one tenant in a database of its own, driven as the job drives it: staged by slot, then published. */
final class Warehouse implements AutoCloseable {

    static final String TENANT = "acme";
    static final Instant FIRST_SLOT = Instant.parse("2026-11-23T12:00:00Z");

    /** Pooled, because each page staged takes connections of its own: a new one costs more than what is staged. */
    final HikariDataSource dataSource = pool();

    final JdbcClient jdbc = JdbcClient.create(dataSource);
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    final TenantLease lease = new TenantLease(TENANT, "test", dataSource, dataSource, LeaseTimes.STANDARD);
    final Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:30Z"), ZoneOffset.UTC);
    final SyncRuns runs = new SyncRuns(jdbc, transaction, lease, clock);
    final WarehousePublication publication = new WarehousePublication(jdbc, lease, clock);

    ArchivalGuard guard = ArchivalGuard.STANDARD;

    private long position;
    private long rank = 1;

    Warehouse() {
        lease.acquire();
    }

    static Instant slot(int number) {
        return FIRST_SLOT.plus(Duration.ofHours(2L * number));
    }

    Run run(int slot) {
        return new Run(100 + slot, TENANT, slot(slot));
    }

    Warehouse begin(int slot) {
        runs.begin(run(slot), null, "test");
        return this;
    }

    Warehouse stage(int slot, Device device, Assignment... assignments) {
        write(slot, new AcceptedDevice(position++, device, List.of(assignments)));
        return this;
    }

    Warehouse reject(int slot, @Nullable String deviceId) {
        write(
                slot,
                new RejectedRecord(
                        position++,
                        RejectedRecord.Source.LIST,
                        deviceId,
                        "user is a number",
                        "/user",
                        "{\"user\": 7}"));
        return this;
    }

    Warehouse rejectWithoutId(int slot) {
        return reject(slot, null);
    }

    void write(int slot, NormalizedRecord... records) {
        transaction.executeWithoutResult(
                status -> new StagingWriter(dataSource, lease, clock, run(slot)).write(Chunk.of(records)));
    }

    /** What came of asking for a device's details, ranked as they are staged. */
    Warehouse details(int slot, SampleDetails details) {
        return details(slot, List.of(details));
    }

    Warehouse details(int slot, List<SampleDetails> details) {
        Chunk<TriedDetails> chunk = new Chunk<>();
        details.forEach(one -> chunk.add(one.tried(rank++)));
        transaction.executeWithoutResult(
                status -> new DetailsStagingWriter(dataSource, lease, clock, run(slot)).write(chunk));
        return this;
    }

    /** The ids of a slot's worklist, in order, and before them how many devices were wanted. */
    List<String> worklist(int slot, long most) {
        DetailsWorklist worklist =
                new DetailsWorklist(jdbc, jdbc, new JdbcTransactionManager(dataSource), lease, run(slot));
        List<String> all = new ArrayList<>();
        all.add(worklist.write(slot(slot).minus(Duration.ofHours(22)), most) + " wanted");
        all.addAll(worklist.next(0, 1_000, (rank, id) -> rank + " " + id));
        return all;
    }

    PublicationResult publish(int slot) {
        return publish(slot, RejectLimits.STANDARD);
    }

    PublicationResult publish(int slot, RejectLimits limits) {
        PublicationResult result = transaction.execute(status -> publication.publish(run(slot), limits, guard));
        if (result == null) {
            throw new IllegalStateException("No result");
        }
        return result;
    }

    SyncRun record(int slot) {
        return runs.find(run(slot)).orElseThrow();
    }

    List<Map<String, Object>> rows(String sql) {
        return jdbc.sql(sql).query().listOfRows();
    }

    /** The rows as text, fields parted by a bar, slots by their number: {@code #0} is the first. */
    List<String> lines(String sql) {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> row : rows(sql)) {
            lines.add(String.join(
                    " | ", row.values().stream().map(Warehouse::text).toList()));
        }
        return lines;
    }

    private static String text(Object value) {
        if (value instanceof java.sql.Timestamp timestamp) {
            long seconds = Duration.between(FIRST_SLOT, timestamp.toInstant()).toSeconds();
            return seconds % 7200 == 0
                    ? "#" + seconds / 7200
                    : timestamp.toInstant().toString();
        }
        return String.valueOf(value);
    }

    @Override
    public void close() {
        lease.close();
        dataSource.close();
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(TestDatabase.migrated().dataSource());
        pool.setMinimumIdle(0);
        return pool;
    }
}
