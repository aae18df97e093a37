package io.kandjietl.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.PublicationResult;
import io.kandjietl.warehouse.RejectLimits;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.StagingWriter;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import io.kandjietl.warehouse.WarehousePublication;
import java.time.Clock;
import java.time.Duration;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A warehouse of one tenant in a database of its own, with the pool, the lease and the transactions that the job has.
 * Connections stay open, so that none is made while something is timed. Not for several threads.
 */
final class BenchWarehouse implements AutoCloseable {

    static final String TENANT = "acme";

    private final TestDatabase database = TestDatabase.migrated();
    private final HikariDataSource pool = pool(database);
    private final JdbcClient jdbc = JdbcClient.create(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    private final TenantLease lease =
            new TenantLease(TENANT, "benchmark", pool, database.dataSource(), LeaseTimes.STANDARD);
    private final SyncRuns runs = new SyncRuns(jdbc, transaction, lease, Clock.systemUTC());
    private final WarehousePublication publication = new WarehousePublication(jdbc, lease, Clock.systemUTC());

    BenchWarehouse() {
        lease.acquire();
    }

    private static HikariDataSource pool(TestDatabase database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(3);
        return pool;
    }

    TestDatabase database() {
        return database;
    }

    HikariDataSource pool() {
        return pool;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    /** Begins a run: the slots of higher numbers are later, two hours each. */
    Run begin(int number) {
        Run run = new Run(number, TENANT, SimulatedListing.SLOT.plus(Duration.ofHours(2L * number)));
        runs.begin(run, null, "benchmark");
        return run;
    }

    StagingWriter stagingWriter(Run run) {
        return new StagingWriter(pool, lease, Clock.systemUTC(), run);
    }

    /** Writes a chunk in a transaction of its own, as its step does. */
    void write(StagingWriter writer, Chunk<? extends NormalizedRecord> chunk) {
        transaction.executeWithoutResult(status -> writer.write(chunk));
    }

    /** Publishes a run in one transaction, commit included, as its step does. */
    PublicationResult publish(Run run) {
        PublicationResult result =
                transaction.execute(status -> publication.publish(run, RejectLimits.STANDARD, ArchivalGuard.STANDARD));
        if (result == null) {
            throw new IllegalStateException("No result");
        }
        return result;
    }

    /** Keeps autovacuum from a table that is only a means: it would come by while something else is timed. */
    void keepVacuumFrom(String table) {
        jdbc.sql("alter table " + table + " set (autovacuum_enabled = false)").update();
    }

    /** Empties tables; what they leave to be flushed is flushed then, not while the next thing is timed. */
    void empty(String tables) {
        jdbc.sql("truncate " + tables).update();
        jdbc.sql("checkpoint").update();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        lease.close();
        pool.close();
        // Else autovacuum goes on with it while the next thing is timed.
        JdbcClient.create(TestDatabase.ofServer(database.port()).dataSource())
                .sql("drop database " + database.name() + " with (force)")
                .update();
    }
}
