package io.kandjietl.warehouse;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes rows that are older than they are to be kept. Each deletion is a row of short transactions behind the fence, so
 * that no lock stands for long; broken off anywhere it leaves whole answers, and goes on when it is called again. For one
 * thread.
 */
public final class Pruning {

    private static final int DEVICES_AT_A_TIME = 1_000;
    private static final int ROWS_AT_A_TIME = 10_000;
    private static final int RUNS_AT_A_TIME = 200;

    /** What Spring Batch holds of a run, in an order that its foreign keys allow. */
    private static final List<String> BATCH = List.of(
            "prune-step-contexts",
            "prune-steps",
            "prune-job-contexts",
            "prune-job-parameters",
            "prune-job-executions",
            "prune-job-instances");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TenantLease lease;
    private final String tenant;

    /**
     * Makes it for a tenant.
     *
     * @param jdbc takes part in {@code transaction}
     * @param lease the tenant's; it must be held to delete, not to count
     */
    public Pruning(JdbcClient jdbc, TransactionTemplate transaction, TenantLease lease, String tenant) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.lease = lease;
        this.tenant = tenant;
    }

    /**
     * Closed periods.
     *
     * @param devices of {@code kandji.device_history}
     * @param assignments of {@code kandji.device_assignment}
     */
    public record Periods(long devices, long assignments) {}

    /** How many periods ended at a moment or before it. */
    public Periods countHistory(Instant before) {
        return of("count-prunable-history", before)
                .query((row, number) -> new Periods(row.getLong("device_periods"), row.getLong("assignment_periods")))
                .single();
    }

    /** Deletes the periods that ended at a moment or before it. What is so still, or was later, stays as it is. */
    public Periods pruneHistory(Instant before) {
        fenced(() -> of("move-history-horizon", before).update());
        long devices = 0;
        long assignments = 0;
        String after = "";
        for (String last = lastOfRange(after); last != null; last = lastOfRange(after)) {
            String begin = after;
            String end = last;
            devices += fenced(() -> ofRange("prune-device-history", begin, end, before));
            assignments += fenced(() -> ofRange("prune-assignments", begin, end, before));
            after = last;
        }
        return new Periods(devices, assignments);
    }

    private @Nullable String lastOfRange(String after) {
        return jdbc.sql(Statements.named("select-last-device-of-range"))
                .param("tenant", tenant)
                .param("after", after)
                .param("most", DEVICES_AT_A_TIME)
                .query((row, number) -> new Last(row.getString(1)))
                .single()
                .deviceId();
    }

    private record Last(@Nullable String deviceId) {}

    private int ofRange(String statement, String after, String upTo, Instant before) {
        return of(statement, before).param("after", after).param("upTo", upTo).update();
    }

    /**
     * The moments that decide which records of runs go.
     *
     * @param runs records of slots before it
     * @param batch what Spring Batch holds of runs that ended before it is gone, or would be
     * @param history history that ended before it is gone, or would be; null where it is kept
     * @param lake files of slots before it would be gone; null where they are kept, and where they are gone in earnest
     */
    public record Cuts(
            Instant runs,
            Instant batch,
            @Nullable Instant history,
            @Nullable Instant lake) {}

    /** How many records of runs may go. */
    public long countRuns(Cuts cuts) {
        return runs(prunableRuns(cuts)).inAll();
    }

    /**
     * Deletes records of runs: never the newest published one or a later one, and published ones only when neither history
     * nor files of their slots are kept. What Spring Batch holds of them must be deleted before.
     */
    public long pruneRuns(Cuts cuts) {
        return prune(() -> prunableRuns(cuts), Long.MAX_VALUE, List.of("prune-runs"));
    }

    private JdbcClient.StatementSpec prunableRuns(Cuts cuts) {
        return of("select-prunable-runs", cuts.runs())
                .param("batchBefore", Timestamps.of(cuts.batch()))
                .param("historyBefore", orNever(cuts.history()))
                .param("lakeBefore", orNever(cuts.lake()));
    }

    private static OffsetDateTime orNever(@Nullable Instant moment) {
        return moment == null ? OffsetDateTime.MIN : Timestamps.of(moment);
    }

    /** Of how many runs what Spring Batch holds may go, which ended before a moment. */
    public long countBatch(Instant before) {
        return runs(of("select-prunable-instances", before)).inAll();
    }

    /**
     * Deletes what Spring Batch holds of runs that ended before a moment and are older than the newest published one.
     *
     * @param most of how many runs at most
     */
    public long pruneBatch(Instant before, long most) {
        return prune(() -> of("select-prunable-instances", before), most, BATCH);
    }

    private long prune(Supplier<JdbcClient.StatementSpec> select, long most, List<String> statements) {
        long pruned = 0;
        for (Chosen chosen = runs(select.get());
                !chosen.ids().isEmpty() && pruned < most;
                chosen = runs(select.get())) {
            Long[] ids = chosen.ids().toArray(Long[]::new);
            fenced(() -> {
                for (String statement : statements) {
                    jdbc.sql(Statements.named(statement))
                            .param("tenant", tenant)
                            .param("ids", ids)
                            .update();
                }
                return ids.length;
            });
            pruned += ids.length;
        }
        return pruned;
    }

    private record Chosen(List<Long> ids, long inAll) {}

    private static Chosen runs(JdbcClient.StatementSpec select) {
        long[] inAll = new long[1];
        List<Long> ids = select.param("most", RUNS_AT_A_TIME)
                .query((row, number) -> {
                    inAll[0] = row.getLong("runs");
                    return row.getLong("run_id");
                })
                .list();
        return new Chosen(ids, inAll[0]);
    }

    /** How many records were rejected before a moment. */
    public long countRejects(Instant before) {
        return of("count-prunable-rejects", before).query(Long.class).single();
    }

    /**
     * Deletes records that were rejected before a moment.
     *
     * @param most how many at most, but for the last few
     */
    public long pruneRejects(Instant before, long most) {
        long pruned = 0;
        int last = ROWS_AT_A_TIME;
        while (last == ROWS_AT_A_TIME && pruned < most) {
            last = fenced(() ->
                    of("prune-rejects", before).param("most", ROWS_AT_A_TIME).update());
            pruned += last;
        }
        return pruned;
    }

    /** Records that a slot is not in the lake any more: comes before its files go. */
    public void takeOutOfLake(Instant slot) {
        fenced(() -> jdbc.sql(Statements.named("take-out-of-lake"))
                .param("tenant", tenant)
                .param("slot", Timestamps.of(slot))
                .update());
    }

    private JdbcClient.StatementSpec of(String statement, Instant before) {
        return jdbc.sql(Statements.named(statement)).param("tenant", tenant).param("before", Timestamps.of(before));
    }

    private int fenced(IntSupplier change) {
        Integer rows = transaction.execute(status -> {
            lease.check();
            return change.getAsInt();
        });
        return rows == null ? 0 : rows;
    }
}
