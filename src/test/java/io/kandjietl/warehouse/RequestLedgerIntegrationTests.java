package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.support.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class RequestLedgerIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Warehouse warehouse = new Warehouse();
    private final ManualClock clock = new ManualClock("2026-11-23T12:10:00Z");
    private final RequestLedger ledger = ledger("acme");

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void requestsAreGrantedInBlocksOfTenUntilTheShareIsUsed() {
        assertThat(ledger.debit(25, null, null)).isEqualTo(new RequestGrant(NOON, 10, 10, null, null));
        assertThat(ledger.debit(25, null, null)).isEqualTo(new RequestGrant(NOON, 10, 20, null, null));
        assertThat(ledger.debit(25, null, null)).isEqualTo(new RequestGrant(NOON, 5, 25, null, null));
        assertThat(ledger.debit(25, null, null)).isEqualTo(new RequestGrant(NOON, 0, 25, null, null));
    }

    @Test
    void aShareThatWasMadeSmallerTakesNothingBack() {
        ledger.debit(25, null, null);

        assertThat(ledger.debit(5, null, null)).isEqualTo(new RequestGrant(NOON, 0, 10, null, null));
    }

    @Test
    void theNextHourHasAShareOfItsOwn() {
        ledger.debit(10, null, null);
        clock.pass(Duration.ofMinutes(50));

        assertThat(ledger.debit(10, null, null))
                .isEqualTo(new RequestGrant(NOON.plus(Duration.ofHours(1)), 10, 10, null, null));
    }

    @Test
    void processesTogetherNeverExceedTheShare() throws Exception {
        RequestLedger other = ledger("acme");
        int granted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> debits = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RequestLedger one = i % 2 == 0 ? ledger : other;
                debits.add(threads.submit(() -> one.debit(333, null, null).requests()));
            }
            for (Future<Integer> debit : debits) {
                granted += debit.get();
            }
        }
        assertThat(granted).isEqualTo(333);
        assertThat(warehouse.lines("select requests_granted from kandji.request_ledger"))
                .containsExactly("333");
    }

    @Test
    void whatIsLeftIsWhatWouldBeGranted() {
        assertThat(ledger.left(25)).as("nobody asked yet").isEqualTo(25);
        ledger.debit(25, null, null);
        assertThat(ledger.left(25)).isEqualTo(15);
        assertThat(ledger.left(5)).as("of a smaller share").isZero();
        ledger.debit(5_000, new SeenLimit(10, 1_013, 10_000, clock.instant()), null);
        assertThat(ledger.left(5_000)).as("above a tenth of the limit").isEqualTo(3);
        ledger.block(clock.instant().plusSeconds(60));
        assertThat(ledger.left(5_000)).as("while it is blocked").isZero();
    }

    @Test
    void tenantsHaveSharesOfTheirOwn() {
        ledger.debit(10, null, null);

        assertThat(ledger("globex").debit(10, null, null).requests()).isEqualTo(10);
    }

    @Test
    void aTenthOfTheTenantsLimitIsLeftToTheOthers() {
        ledger.debit(5_000, null, null);
        SeenLimit seen = new SeenLimit(10, 1_013, 10_000, clock.instant());

        assertThat(ledger.debit(5_000, seen, null)).isEqualTo(new RequestGrant(NOON, 10, 20, seen, null));
        assertThat(ledger.debit(5_000, null, null)).isEqualTo(new RequestGrant(NOON, 3, 23, seen, null));
        RequestGrant refusal = ledger.debit(5_000, null, null);
        assertThat(refusal).isEqualTo(new RequestGrant(NOON, 0, 23, seen, null));
        assertThat(refusal.isLimitReached()).isTrue();
    }

    @Test
    void aNewerWordOfTheTenantCounts() {
        ledger.debit(5_000, null, null);
        ledger.debit(5_000, new SeenLimit(10, 1_000, 10_000, clock.instant()), null);
        clock.pass(Duration.ofSeconds(1));
        SeenLimit newer = new SeenLimit(10, 1_004, 10_000, clock.instant());

        assertThat(ledger.debit(5_000, newer, null)).isEqualTo(new RequestGrant(NOON, 4, 14, newer, null));
    }

    @Test
    void whatTheTenantSaidBelongsToItsHour() {
        ledger.debit(5_000, null, null);
        ledger.debit(5_000, new SeenLimit(10, 0, 10_000, clock.instant()), null);
        clock.pass(Duration.ofHours(1));

        assertThat(ledger.debit(5_000, null, null).requests()).isEqualTo(10);
    }

    @Test
    void nothingIsGrantedBeforeTheMomentThatTheTenantNamed() {
        Instant until = NOON.plus(Duration.ofMinutes(40));
        ledger.block(until);

        assertThat(ledger("acme").debit(10, null, null)).isEqualTo(new RequestGrant(NOON, 0, 0, null, until));
        assertThat(ledger("globex").debit(10, null, null).requests()).isEqualTo(10);
        clock.pass(Duration.ofMinutes(30));
        assertThat(ledger.debit(10, null, null)).isEqualTo(new RequestGrant(NOON, 10, 10, null, null));
    }

    @Test
    void anEarlierMomentShortensNothingAndAFarOneIsBounded() {
        ledger.block(NOON.plus(Duration.ofDays(3_650)));
        ledger.block(NOON.plus(Duration.ofMinutes(20)));

        assertThat(ledger.debit(10, null, null).blockedUntil())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    }

    @Test
    void aProcessThatLostTheLeaseIsGrantedNothing() {
        warehouse.jdbc.sql("update kandji.lease set token = token + 1").update();

        assertThatThrownBy(() -> ledger.debit(10, null, null))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageStartingWith("Lost the lease of tenant 'acme'");
        assertThatThrownBy(() -> ledger.block(NOON.plus(Duration.ofHours(1)))).isInstanceOf(LeaseLostException.class);
        assertThat(warehouse.rows("select 1 from kandji.request_ledger")).isEmpty();
        assertThat(warehouse.rows("select 1 from kandji.request_block")).isEmpty();
    }

    @Test
    @Timeout(30)
    void aDebitWaitsForNoTransactionThatPassedTheFence() {
        warehouse.begin(0);
        warehouse.transaction.executeWithoutResult(status -> {
            warehouse.lease.check();
            warehouse.jdbc.sql("update kandji.sync_run set devices_listed = 1").update();
            assertThat(ledger.debit(10, null, warehouse.run(0).runId()).requests())
                    .isEqualTo(10);
            status.setRollbackOnly();
        });
        assertThat(warehouse.lines("select requests from kandji.run_requests"))
                .as("committed by itself")
                .containsExactly("10");
    }

    @Test
    void aRunsRequestsAreCountedThroughADeathToWithinABlock() {
        Run run = warehouse.run(0);
        warehouse.begin(0);
        ledger.debit(5_000, null, run.runId());

        // The process died here with some of its ten requests made; the next one makes two of its ten.
        warehouse.begin(0);
        assertThat(warehouse.record(0).requestsUsed()).isEqualTo(10);
        ledger.debit(5_000, null, run.runId());
        warehouse.runs.end(run, new RunEnd(Outcome.FAILED, 75, null, null, null, false), 8);

        assertThat(warehouse.record(0).requestsUsed()).isEqualTo(12);
        assertThat(warehouse.lines("select requests_granted from kandji.request_ledger"))
                .as("given back")
                .containsExactly("20");
    }

    @Test
    void oldHoursAreForgotten() {
        ledger.debit(10, null, null);
        clock.pass(Duration.ofDays(32));
        ledger.debit(10, null, null);

        assertThat(warehouse.lines("select hour::date::text from kandji.request_ledger"))
                .containsExactly("2026-12-25");
    }

    private RequestLedger ledger(String tenant) {
        TenantLease lease = tenant.equals(Warehouse.TENANT)
                ? warehouse.lease
                : new TenantLease(tenant, "test", warehouse.dataSource, warehouse.dataSource, LeaseTimes.STANDARD);
        // Another object, so that no transaction of the warehouse's is taken part in: as with a connection of its own.
        return new RequestLedger(tenant, new DelegatingDataSource(warehouse.dataSource), lease, clock);
    }
}
