package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.kandji.HourlyLimit;
import io.kandjietl.support.LoggedLines;
import io.kandjietl.support.ManualClock;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.RequestLedger;
import io.kandjietl.warehouse.TenantLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.retry.backoff.Sleeper;

@Timeout(60)
class LedgerBudgetIntegrationTests {

    @RegisterExtension
    final LoggedLines logged = LoggedLines.of(LedgerBudget.class);

    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final ManualClock clock = new ManualClock("2026-11-23T12:10:00Z");

    @Test
    void aBlockIsHandedOutOneByOne() throws InterruptedException {
        LedgerBudget budget = budget(5_000);
        take(budget, 11);

        assertThat(granted()).containsExactly(20L);
        assertThat(budget.unspent()).isEqualTo(9);
        assertThat(logged.messages()).isEmpty();
    }

    @Test
    void whereTheShareIsUsedItWaitsForTheNextHourAndSaysSoOnce() throws InterruptedException {
        take(budget(12), 13);

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T13:00:00Z"));
        assertThat(granted()).containsExactly(12L, 10L);
        assertThat(logged.messages())
                .containsExactly("Waiting until 2026-11-23T13:00:00Z for requests: 12 of the share of 12 requests are"
                        + " used in the hour from 2026-11-23T12:00:00Z");
    }

    @Test
    void whatIsLeftOfABlockWhenItsHourEndsIsNotUsed() throws InterruptedException {
        LedgerBudget budget = budget(10);
        take(budget, 4);
        clock.pass(Duration.ofMinutes(50));
        take(budget, 10);

        assertThat(granted()).containsExactly(10L, 10L);
        assertThat(budget.unspent()).isEqualTo(6);
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T13:00:00Z"));
    }

    @Test
    void aProcessThatDiedCostsAtMostABlock() throws InterruptedException {
        take(budget(30), 1);

        LedgerBudget next = budget(30);
        take(next, 20);
        assertThat(next.tryTake()).contains(Instant.parse("2026-11-23T13:00:00Z"));
    }

    @Test
    void twoProcessesTogetherDoNotExceedTheShare() throws InterruptedException {
        LedgerBudget one = budget(35);
        LedgerBudget other = budget(35);
        int taken = 0;
        for (int i = 0; i < 40; i++) {
            taken += one.tryTake().isEmpty() ? 1 : 0;
            taken += other.tryTake().isEmpty() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(35);
        assertThat(granted()).containsExactly(35L);
    }

    @Test
    void aTenthOfTheTenantsLimitIsLeftEvenOfABlockThatIsGranted() throws InterruptedException {
        LedgerBudget budget = budget(5_000);
        take(budget, 1);
        budget.seen(new HourlyLimit(clock.instant(), 100, 13));

        take(budget, 3);
        assertThat(budget.tryTake()).isPresent();
        take(budget, 1);

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T13:00:00Z"));
        assertThat(logged.messages())
                .containsExactly("Waiting until 2026-11-23T13:00:00Z for requests: 10 of the share of 5000 requests are"
                        + " used in the hour from 2026-11-23T12:00:00Z, but the tenant's integrations together had 13 of"
                        + " 100 left at 2026-11-23T12:10:00Z, and the last 10 are for the others");
    }

    @Test
    void anAnswerThatCameInTheNextHourSaysNothingOfIt() throws InterruptedException {
        LedgerBudget budget = budget(5_000);
        take(budget, 1);
        Instant asked = clock.instant();
        clock.pass(Duration.ofMinutes(50));
        budget.seen(new HourlyLimit(asked, 100, 0));

        assertThat(budget.tryTake()).isEmpty();
        budget.seen(new HourlyLimit(asked, 100, 0));
        assertThat(budget.tryTake()).isEmpty();
    }

    @Test
    void nobodyAsksBeforeTheMomentThatKandjiNamed() throws InterruptedException {
        Instant until = Instant.parse("2026-11-23T12:25:30Z");
        LedgerBudget budget = budget(5_000);
        take(budget, 1);
        budget.blockedUntil(until);

        assertThat(budget.tryTake()).contains(until);
        LedgerBudget other = budget(5_000);
        take(other, 1);

        assertThat(clock.instant()).isEqualTo(until);
        assertThat(budget.tryTake()).isEmpty();
        assertThat(logged.messages())
                .containsExactly("Waiting until 2026-11-23T12:25:30Z for requests: Kandji asked not to be asked before"
                        + " 2026-11-23T12:25:30Z");
    }

    @Test
    void whereTheRunMayNotLastLongEnoughItEndsAndSaysWhatToDo() throws InterruptedException {
        LedgerBudget budget = budget(2);
        take(budget, 4);

        BudgetExhaustedException e = catchThrowableOfType(BudgetExhaustedException.class, budget::take);

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T13:00:00Z"));
        assertThat(e.exitCode()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(e)
                .hasMessage("The request budget of tenant 'acme' does not suffice in time: 2 of the share of 2 requests"
                        + " are used in the hour from 2026-11-23T13:00:00Z. There may be requests again at"
                        + " 2026-11-23T14:00:00Z, and this run waits until 2026-11-23T13:50:00Z at most");
        assertThat(e.remedy())
                .isEqualTo("Run the same command again after 2026-11-23T14:00:00Z: it goes on where it stopped. If that"
                        + " is too late, raise KANDJI_REQUESTS_PER_HOUR or KANDJI_RUN_DEADLINE, or let the tenant's"
                        + " other integrations ask less");
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        LedgerBudget budget = budget(1);
        take(budget, 1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(budget::take).isInstanceOf(InterruptedException.class);
        assertThat(budget.unspent()).isZero();
    }

    @Test
    void whatCanBeLeftDoesNotQueueBehindWhatWaits() throws Exception {
        CountDownLatch sleeping = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        LedgerBudget budget = budget(1, millis -> {
            sleeping.countDown();
            wakeUp.await();
            clock.sleep(millis);
        });
        take(budget, 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> {
                budget.take();
                return true;
            });
            sleeping.await();
            assertThat(budget.tryTake()).contains(Instant.parse("2026-11-23T13:00:00Z"));
            wakeUp.countDown();
            assertThat(waiting.get()).isTrue();
        }
    }

    private LedgerBudget budget(int share) {
        return budget(share, clock);
    }

    /** A process of its own, without the lease. */
    private LedgerBudget budget(int share, Sleeper sleeper) {
        TenantLease lease = new TenantLease("acme", "test", dataSource, dataSource, LeaseTimes.STANDARD);
        RequestLedger ledger = new RequestLedger("acme", dataSource, lease, clock);
        return new LedgerBudget("acme", new BudgetLimits(share, Duration.ofMinutes(100)), ledger, clock, sleeper);
    }

    private static void take(LedgerBudget budget, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            budget.take();
        }
    }

    private List<Long> granted() {
        return jdbc.sql("select requests_granted from kandji.request_ledger order by hour")
                .query(Long.class)
                .list();
    }
}
