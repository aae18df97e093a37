package io.kandjietl.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many requests a tenant's API was asked in each clock hour, by all processes together. Requests are granted in
 * blocks before they are made and never given back, so a process that dies loses at most the rest of its block, and
 * together they never exceed their share.
 *
 * <p>Each debit is a transaction of its own on a connection that nothing else uses, and waits for nothing but another
 * debit of the same tenant. It passes the lease's fence where this process holds the lease. Hours follow the clock that
 * is given. For any number of threads, which take turns.
 */
public final class RequestLedger {

    /** Requests granted at a time: one debit for ten requests, and little lost by a process that dies. */
    public static final int BLOCK = 10;

    /** A limit is by the hour, so nobody asks to wait longer in earnest. */
    private static final Duration LONGEST_BLOCK = Duration.ofDays(1);

    private static final Duration KEPT = Duration.ofDays(31);

    private final String tenant;
    private final TenantLease lease;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /**
     * Opens the ledger of a tenant.
     *
     * @param ownConnection a source of one connection that nothing else uses
     * @param lease the tenant's, held or not
     */
    public RequestLedger(String tenant, DataSource ownConnection, TenantLease lease, Clock clock) {
        this.tenant = tenant;
        this.lease = lease;
        this.clock = clock;
        this.jdbc = JdbcClient.create(ownConnection);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(ownConnection));
    }

    /**
     * Grants a block of requests for the hour that now is, or what is left of one: the smaller of what is left of the
     * share, and of what the tenant's limit leaves above a tenth of it.
     *
     * @param share how many requests an hour all processes may make
     * @param seen what the tenant last told of its limit in this hour; null when it told nothing new
     * @param runId the run that the requests are counted for; null when they belong to none
     * @throws LeaseLostException when this process held the lease and another took it over
     */
    public RequestGrant debit(long share, @Nullable SeenLimit seen, @Nullable Long runId) {
        Instant now = clock.instant();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        RequestGrant grant = transaction.execute(status -> {
            checkFence();
            openHour(hour);
            RequestGrant granted = take(now, hour, share, seen);
            count(granted, runId);
            return granted;
        });
        if (grant == null) {
            throw new IllegalStateException("The debit of hour " + hour + " gave no result");
        }
        return grant;
    }

    /**
     * How many requests are left in the hour that now is: the smaller of what is left of the share, and of what the tenant's limit
     * leaves above a tenth of it; none while the tenant asked not to be asked.
     *
     * @param share how many requests an hour all processes may make
     */
    public long left(long share) {
        Instant now = clock.instant();
        return sql("select-requests-left")
                .param("now", Timestamps.of(now))
                .param("hour", Timestamps.of(now.truncatedTo(ChronoUnit.HOURS)))
                .param("share", share)
                .query(Long.class)
                .single();
    }

    /**
     * Keeps that the tenant asked not to be asked before a moment, to the second after it; an earlier one shortens
     * nothing, and one in more than a day counts as in a day.
     *
     * @throws LeaseLostException when this process held the lease and another took it over
     */
    public void block(Instant until) {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_BLOCK);
        Instant bounded = until.isAfter(latest) ? latest : until;
        Instant second = bounded.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        transaction.executeWithoutResult(status -> {
            checkFence();
            sql("block-requests")
                    .param("until", Timestamps.of(second))
                    .param("now", Timestamps.of(now))
                    .update();
        });
    }

    private void checkFence() {
        if (lease.isHeld()) {
            lease.check(jdbc);
        }
    }

    private void openHour(Instant hour) {
        int opened =
                sql("create-ledger-hour").param("hour", Timestamps.of(hour)).update();
        if (opened > 0) {
            sql("forget-old-ledger-hours")
                    .param("before", Timestamps.of(hour.minus(KEPT)))
                    .update();
        }
    }

    private RequestGrant take(Instant now, Instant hour, long share, @Nullable SeenLimit seen) {
        return sql("debit-requests")
                .param("now", Timestamps.of(now))
                .param("hour", Timestamps.of(hour))
                .param("block", BLOCK)
                .param("share", share)
                .param("requestsSeen", seen == null ? null : seen.requestsSeen())
                .param("remaining", seen == null ? null : seen.remaining())
                .param("limit", seen == null ? null : seen.limit())
                .param("seenAt", seen == null ? null : Timestamps.of(seen.at()))
                .query((row, number) -> grant(row, hour))
                .single();
    }

    private void count(RequestGrant grant, @Nullable Long runId) {
        if (runId != null && grant.requests() > 0) {
            jdbc.sql(Statements.named("count-run-requests"))
                    .param("runId", runId)
                    .param("requests", grant.requests())
                    .update();
        }
    }

    private static RequestGrant grant(ResultSet row, Instant hour) throws SQLException {
        Instant seenAt = Timestamps.get(row, "seen_at");
        SeenLimit seen = seenAt == null
                ? null
                : new SeenLimit(
                        row.getLong("requests_seen"), row.getLong("remaining_hour"), row.getLong("limit_hour"), seenAt);
        return new RequestGrant(
                hour,
                row.getInt("granted"),
                row.getLong("requests_granted"),
                seen,
                Timestamps.get(row, "blocked_until"));
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(Statements.named(statement)).param("tenant", tenant);
    }
}
