package io.kandjietl.job;

import io.kandjietl.kandji.HourlyLimit;
import io.kandjietl.kandji.RequestBudget;
import io.kandjietl.warehouse.RequestGrant;
import io.kandjietl.warehouse.RequestLedger;
import io.kandjietl.warehouse.SeenLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.retry.backoff.Sleeper;

/**
 * This process's part of the tenant's request ledger: it debits a block and hands it out, one request after the other.
 * Where the ledger grants none, {@link #take()} waits for the next clock hour, or for the moment that the tenant asked
 * for, as long as the run may last. What is left of a block when its hour ends is not used.
 *
 * <p>What the tenant tells of its limit counts for the hour in which it was asked and answered; with requests side by
 * side it is off by those under way at most. For any number of threads: one at a time waits, the others queue behind it.
 */
final class LedgerBudget implements RequestBudget {

    private static final Logger log = LoggerFactory.getLogger(LedgerBudget.class);

    /** How long it sleeps before it looks again: a clock may be set, a block lifted by hand. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final String tenant;
    private final BudgetLimits limits;
    private final RequestLedger ledger;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Instant deadline;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicLong unspent = new AtomicLong();
    private final AtomicReference<Instant> blockedUntil = new AtomicReference<>(Instant.MIN);

    private volatile @Nullable Long runId;
    private volatile @Nullable Block block;
    private volatile @Nullable SeenLimit seen;
    private volatile @Nullable Shortage told;

    /** Makes the budget of a process that starts now. */
    LedgerBudget(String tenant, BudgetLimits limits, RequestLedger ledger, Clock clock, Sleeper sleeper) {
        this.tenant = tenant;
        this.limits = limits;
        this.ledger = ledger;
        this.clock = clock;
        this.sleeper = sleeper;
        this.deadline = clock.instant().plus(limits.runDeadline()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Counts what is granted from now on for a run. */
    void beginRun(long run) {
        runId = run;
    }

    /** How many of the requests that were granted to this process it did not take. */
    long unspent() {
        return unspent.get();
    }

    /** How many requests all processes together may still make in the clock hour that now is. */
    long left() {
        return ledger.left(limits.requestsPerHour());
    }

    @Override
    public void take() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            RequestGrant refusal = takeOrRefuse();
            while (refusal != null) {
                await(Shortage.of(refusal, limits.requestsPerHour()));
                refusal = takeOrRefuse();
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Optional<Instant> tryTake() throws InterruptedException {
        // Who waits for a turn behind one that waits for the next hour would wait as long.
        if (!turn.tryLock()) {
            Shortage waitedFor = told;
            if (waitedFor != null) {
                return Optional.of(waitedFor.until());
            }
            turn.lockInterruptibly();
        }
        try {
            return Optional.ofNullable(takeOrRefuse())
                    .map(refusal ->
                            Shortage.of(refusal, limits.requestsPerHour()).until());
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void seen(HourlyLimit limit) {
        Instant now = clock.instant();
        Block current = block;
        if (current != null && current.isOf(now) && current.isOf(limit.askedAt())) {
            seen = new SeenLimit(current.taken(), limit.remaining(), limit.limit(), now);
        }
    }

    @Override
    public void blockedUntil(Instant until) {
        try {
            ledger.block(until);
        } finally {
            // Even where the thread is interrupted meanwhile: others would ask on.
            blockedUntil.set(until);
        }
    }

    /** Takes a request, or says how the ledger stands that gave none. */
    private @Nullable RequestGrant takeOrRefuse() {
        Instant now = clock.instant();
        Block current = block;
        if (current == null || !isUsable(current, now)) {
            Instant known = blockedUntil.get();
            RequestGrant grant = ledger.debit(limits.requestsPerHour(), news(current, now), runId);
            unspent.addAndGet(grant.requests());
            seen = grant.seen();
            // From here on the grant says it, unless the tenant named another moment during the debit.
            blockedUntil.compareAndSet(known, Instant.MIN);
            current = new Block(grant, grant.requests());
        }
        if (current.left == 0) {
            block = current;
            return current.grant;
        }
        block = current.less();
        unspent.decrementAndGet();
        told = null;
        return null;
    }

    /** What the tenant told in this hour that the ledger may not know yet. */
    private @Nullable SeenLimit news(@Nullable Block current, Instant now) {
        SeenLimit latest = seen;
        return current == null || !current.isOf(now) || latest == null || latest.equals(current.grant.seen())
                ? null
                : latest;
    }

    private boolean isUsable(Block current, Instant now) {
        SeenLimit latest = seen;
        return current.left > 0
                && current.isOf(now)
                && !now.isBefore(blockedUntil.get())
                && (latest == null || current.taken() < latest.ceiling());
    }

    private void await(Shortage shortage) throws InterruptedException {
        Instant now = clock.instant();
        if (!shortage.until().isBefore(deadline)) {
            throw new BudgetExhaustedException(tenant, shortage, deadline);
        }
        Shortage before = told;
        if (before == null || !before.until().equals(shortage.until())) {
            log.info("Waiting until {} for requests: {}", shortage.until(), shortage.why());
            told = shortage;
        }
        Duration wait = Duration.between(now, shortage.until());
        Duration sleep = wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
        // Rounded up, so as not to ask early by part of a millisecond.
        sleeper.sleep(Math.max(1, sleep.plusNanos(999_999).toMillis()));
    }

    /**
     * A grant that is being used up.
     *
     * @param left how many of its requests are not taken
     */
    private record Block(RequestGrant grant, int left) {

        boolean isOf(Instant moment) {
            return moment.truncatedTo(ChronoUnit.HOURS).equals(grant.hour());
        }

        /** How many requests were taken in the hour, as far as this process knows. */
        long taken() {
            return grant.grantedInHour() - left;
        }

        Block less() {
            return new Block(grant, left - 1);
        }
    }
}
