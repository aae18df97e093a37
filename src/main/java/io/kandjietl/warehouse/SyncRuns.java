package io.kandjietl.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The runs' own records, {@code kandji.sync_run}. Each change is a transaction of its own, behind the fence. */
public final class SyncRuns {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TenantLease lease;
    private final Clock clock;

    /**
     * Makes the door to the runs of a tenant.
     *
     * @param jdbc takes part in {@code transaction}
     * @param transaction begins where none is
     * @param lease the tenant's
     * @param clock for the times of beginning and end
     */
    public SyncRuns(JdbcClient jdbc, TransactionTemplate transaction, TenantLease lease, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * Records that a process begins a run, or goes on with it.
     *
     * @param jobName the Kubernetes Job that started it, or null
     * @param runBy the pod or host
     * @throws LeaseLostException when another process took the tenant over
     * @throws RunIdTakenException when another run has the same id
     */
    public void begin(Run run, @Nullable String jobName, String runBy) {
        fenced(() -> {
            int rows = jdbc.sql(Statements.named("begin-run"))
                    .param("runId", run.runId())
                    .param("tenant", run.tenant())
                    .param("slot", Timestamps.of(run.slot()))
                    .param("jobName", jobName)
                    .param("runBy", runBy)
                    .param("now", Timestamps.of(clock.instant()))
                    .update();
            if (rows == 0) {
                throw new RunIdTakenException(run);
            }
            jdbc.sql(Statements.named("mark-at-work"))
                    .param("tenant", run.tenant())
                    .param("runId", run.runId())
                    .update();
        });
    }

    /**
     * Records how a process ended its work on a run.
     *
     * @param unspent requests that were granted to this process for the run and that it did not make
     * @throws LeaseLostException when another process took the tenant over: its word counts then
     */
    public void end(Run run, RunEnd end, long unspent) {
        fenced(() -> {
            jdbc.sql(Statements.named("settle-run-requests"))
                    .param("runId", run.runId())
                    .param("unspent", unspent)
                    .update();
            jdbc.sql(Statements.named("end-run"))
                    .param("runId", run.runId())
                    .param("tenant", run.tenant())
                    .param("slot", Timestamps.of(run.slot()))
                    .param("outcome", end.outcome().code())
                    .param("exitCode", end.exitCode())
                    .param("failedStep", end.failedStep())
                    .param("cause", end.cause())
                    .param("remedy", end.remedy())
                    .param("now", Timestamps.of(clock.instant()))
                    .update();
            if (end.over()) {
                emptyStaging(run);
            }
        });
    }

    private void emptyStaging(Run run) {
        for (String statement : Statements.EMPTY_STAGING) {
            jdbc.sql(Statements.named(statement)).param("runId", run.runId()).update();
        }
    }

    /** Records where the manifest of a published run is. */
    public void markInLake(Run run, String manifest) {
        fenced(() -> jdbc.sql(Statements.named("mark-in-lake"))
                .param("runId", run.runId())
                .param("manifest", manifest)
                .update());
    }

    /** Finds the record of a run; another run's under the same id is not it. */
    public Optional<SyncRun> find(Run run) {
        return jdbc.sql(Statements.named("select-run"))
                .param("runId", run.runId())
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .query(SyncRuns::syncRun)
                .optional();
    }

    /** Finds the record of a run by its id. */
    public Optional<SyncRun> findId(String tenant, long runId) {
        return ofRun("select-run-of-id", tenant, runId).query(SyncRuns::syncRun).optional();
    }

    /**
     * Puts the records of runs right whose processes died: the lease must be held, so that nobody is at work on them.
     *
     * @param cause what to say of it
     * @param remedy what to do; {@code RUN_ID} in it stands for the run's id
     * @return the runs' ids
     */
    public List<Long> putRightDead(String tenant, String cause, String remedy) {
        List<Long> dead = new ArrayList<>();
        fenced(() -> dead.addAll(jdbc.sql(Statements.named("put-right-dead-runs"))
                .param("tenant", tenant)
                .param("cause", cause)
                .param("remedy", remedy)
                .param("now", Timestamps.of(clock.instant()))
                .query(Long.class)
                .list()));
        return dead;
    }

    /**
     * Asks the process that is at work on a run to stop: it looks every few seconds.
     *
     * @return who that is; empty where nobody is
     */
    public Optional<String> requestStop(String tenant, long runId) {
        return ofRun("request-stop", tenant, runId).query(String.class).optional();
    }

    /** Whether a process is at work on a run. */
    public boolean isAtWork(String tenant, long runId) {
        return ofRun("select-is-at-work", tenant, runId).query(Boolean.class).single();
    }

    private JdbcClient.StatementSpec ofRun(String statement, String tenant, long runId) {
        return jdbc.sql(Statements.named(statement)).param("tenant", tenant).param("runId", runId);
    }

    /** Finds the record of a slot, whatever its run. */
    public Optional<SyncRun> findSlot(String tenant, Instant slot) {
        return jdbc.sql(Statements.named("select-run-of-slot"))
                .param("tenant", tenant)
                .param("slot", Timestamps.of(slot))
                .query(SyncRuns::syncRun)
                .optional();
    }

    /** Finds the record of the newest run that a Kubernetes Job began. */
    public Optional<SyncRun> findJob(String tenant, String jobName) {
        return jdbc.sql(Statements.named("select-run-of-job"))
                .param("tenant", tenant)
                .param("jobName", jobName)
                .query(SyncRuns::syncRun)
                .optional();
    }

    /** The newest slot that any run of the tenant stands for, published or not. */
    public Optional<Instant> latestSlot(String tenant) {
        return slot("select-latest-slot", tenant);
    }

    /** How many devices the newest published listing showed; 0 where none is published. */
    public long devicesListedLast(String tenant) {
        return newestPublishedSlot(tenant)
                .flatMap(slot -> findSlot(tenant, slot))
                .map(SyncRun::devicesListed)
                .orElse(0L);
    }

    /** The newest slot that is published. */
    public Optional<Instant> newestPublishedSlot(String tenant) {
        return slot("select-newest-published-slot", tenant);
    }

    /** How many devices are active. */
    public long activeDevices(String tenant) {
        return jdbc.sql(Statements.named("count-active-devices"))
                .param("tenant", tenant)
                .query(Long.class)
                .single();
    }

    private Optional<Instant> slot(String statement, String tenant) {
        return jdbc.sql(Statements.named(statement))
                .param("tenant", tenant)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private void fenced(Runnable change) {
        transaction.executeWithoutResult(status -> {
            lease.check();
            change.run();
        });
    }

    static SyncRun syncRun(ResultSet row, int number) throws SQLException {
        return new SyncRun(
                new Run(row.getLong("run_id"), row.getString("tenant"), Timestamps.require(row, "slot")),
                Outcome.ofCode(row.getString("outcome")),
                row.getString("lake_manifest"),
                row.getObject("devices_listed", Long.class),
                row.getObject("devices_rejected", Long.class),
                row.getObject("devices_changed", Long.class),
                row.getObject("devices_archived", Long.class),
                row.getObject("devices_absent", Long.class),
                row.getObject("devices_held", Long.class),
                row.getBoolean("archival_held"),
                row.getObject("assignments_opened", Long.class),
                row.getObject("assignments_closed", Long.class),
                row.getObject("details_fetched", Long.class),
                row.getObject("details_unknown", Long.class),
                Timestamps.get(row, "details_oldest_as_of"),
                row.getLong("requests_used"),
                row.getObject("exit_code", Integer.class),
                row.getString("cause"),
                row.getString("remedy"),
                Timestamps.require(row, "started_at"));
    }
}
