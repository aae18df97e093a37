package io.kandjietl.warehouse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The right to write for one tenant, held by one process at a time. It lasts for 30 seconds on the database's clock and
 * is renewed every 5 on a connection of its own, so that no chunk delays it. Each holder gets a higher fencing token,
 * and every transaction that writes checks its token by {@link #check()} just before its first write: so a process that
 * was frozen past its lease, or cut off, writes nothing once another has taken over.
 *
 * <p>Only transaction-scoped locks and settings are used: it works behind a transaction-pooling proxy. Threads:
 * the checks from any, the others from one.
 */
public final class TenantLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TenantLease.class);

    /** Bounds a transaction whose process was frozen behind the fence: shorter than the lease. */
    private static final String IDLE_TIMEOUT = "20s";

    private static final long STOP_SECONDS = 5;

    private final String tenant;
    private final String holder;
    private final LeaseTimes times;
    private final JdbcClient pool;
    private final JdbcClient own;
    private final TransactionTemplate ownTransaction;

    private volatile long token;
    private volatile boolean held;
    private @Nullable ScheduledExecutorService heartbeat;

    /**
     * Prepares a lease; {@link #acquire()} takes it.
     *
     * @param tenant the tenant
     * @param holder who this process is, for the messages of others
     * @param pool where writing transactions come from
     * @param ownConnection a source of one connection that nothing else uses
     * @param times how long and how often
     */
    public TenantLease(String tenant, String holder, DataSource pool, DataSource ownConnection, LeaseTimes times) {
        this.tenant = tenant;
        this.holder = holder;
        this.times = times;
        this.pool = JdbcClient.create(pool);
        this.own = JdbcClient.create(ownConnection);
        this.ownTransaction = new TransactionTemplate(new JdbcTransactionManager(ownConnection));
    }

    /**
     * Takes the lease, waiting for a while where another process holds it, and renews it from then on.
     *
     * @throws LeaseHeldException when the other process still held it after that while
     */
    public void acquire() {
        acquire(LeaseListener.NONE);
    }

    /**
     * As {@link #acquire()}; the listener is told from then on what the renewals learn.
     *
     * @throws LeaseHeldException when the other process still held it after that while
     */
    public void acquire(LeaseListener listener) {
        acquire(listener, times.patience());
    }

    /**
     * Gives the lease back for a moment, for whoever waits for it, and takes it again: after hours, where a run is at work for
     * hours.
     *
     * @param patience how long another process may hold it
     * @throws LeaseHeldException when it still did after that; the lease is not held then
     */
    public void giveWay(Duration patience) {
        close();
        pause(times.poll().multipliedBy(3));
        acquire(LeaseListener.NONE, patience);
    }

    private void acquire(LeaseListener listener, Duration patience) {
        long start = System.nanoTime();
        while (!tryAcquire()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            if (waited.compareTo(patience) >= 0) {
                throw new LeaseHeldException(tenant, currentHolder(), waited.toSeconds());
            }
            if (waited.compareTo(times.poll()) < 0) {
                log.info("Waiting for the lease of tenant '{}', held by {}", tenant, currentHolder());
            }
            pause(times.poll());
        }
        held = true;
        heartbeat = startHeartbeat(listener);
    }

    private boolean tryAcquire() {
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            sql("create-lease").update();
            if (sql("lock-free-lease").query(Long.class).optional().isEmpty()) {
                return false;
            }
            token = sql("acquire-lease")
                    .param("holder", holder)
                    .param("seconds", times.duration().toSeconds())
                    .query(Long.class)
                    .single();
            return true;
        }));
    }

    private ScheduledExecutorService startHeartbeat(LeaseListener listener) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("lease-heartbeat").factory());
        long every = times.renewal().toMillis();
        var unused = executor.scheduleWithFixedDelay(new Heartbeat(listener), every, every, TimeUnit.MILLISECONDS);
        return executor;
    }

    /** Renews once; whether the holder is to stop, empty where it holds the lease no more. */
    private Optional<Boolean> renew() {
        return sql("renew-lease")
                .param("token", token)
                .param("seconds", times.duration().toSeconds())
                .query(Boolean.class)
                .optional();
    }

    /**
     * Checks, within the current transaction and until its end, that this process still holds the lease.
     *
     * @throws LeaseLostException when it does not; the transaction must write nothing
     */
    public void check() {
        check(pool);
    }

    /**
     * Checks, in a short transaction on the lease's own connection, that this process still holds the lease: for what is
     * no transaction of this database, and for a caller whose transaction has the only connection of its pool.
     *
     * @throws LeaseLostException when it does not
     */
    public void checkAside() {
        ownTransaction.executeWithoutResult(status -> check(own));
    }

    /** Whether this process took the lease and did not give it back; it may have lost it. */
    boolean isHeld() {
        return held;
    }

    /** The check within a transaction that the client takes part in. */
    void check(JdbcClient client) {
        List<@Nullable String> rows = client.sql(Statements.named("check-lease"))
                .param("tenant", tenant)
                .param("token", token)
                .param("idleTimeout", IDLE_TIMEOUT)
                .query(String.class)
                .list();
        if (rows.isEmpty()) {
            throw new LeaseLostException(tenant, currentHolder());
        }
    }

    /** Gives the lease back, if it is held. An unreachable database is no failure then: the lease runs out by itself. */
    @Override
    public void close() {
        if (heartbeat == null) {
            return;
        }
        stop(heartbeat);
        heartbeat = null;
        held = false;
        try {
            sql("release-lease").param("token", token).update();
        } catch (DataAccessException e) {
            log.warn("Unable to give the lease of tenant '{}' back, it runs out by itself: {}", tenant, e.getMessage());
        }
    }

    /** A renewal that is under way must not come after the release. */
    private static void stop(ScheduledExecutorService heartbeat) {
        heartbeat.shutdown();
        try {
            if (!heartbeat.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                heartbeat.shutdownNow();
            }
        } catch (InterruptedException e) {
            heartbeat.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private String currentHolder() {
        return sql("select-holder").query(String.class).optional().orElse("nobody");
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return own.sql(Statements.named(statement)).param("tenant", tenant);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the lease", e);
        }
    }

    /** What is done every few seconds. */
    private final class Heartbeat implements Runnable {

        private final LeaseListener listener;
        private boolean hasLost;
        private boolean isStopped;

        Heartbeat(LeaseListener listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            try {
                Optional<Boolean> stop = renew();
                if (stop.isEmpty() && !hasLost) {
                    hasLost = true;
                    listener.lost(new LeaseLostException(tenant, currentHolder()));
                } else if (stop.orElse(false) && !isStopped) {
                    isStopped = true;
                    listener.stopRequested();
                }
            } catch (RuntimeException e) { // Of any kind: what escapes ends the heartbeat without a word.
                log.warn("Unable to renew the lease of tenant '{}', trying again: {}", tenant, e.getMessage());
            }
        }
    }
}
