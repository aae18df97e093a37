package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that lost its tenant writes nothing more, whatever it tries. */
class TenantLeaseIntegrationTests {

    private static final LeaseTimes IMPATIENT =
            new LeaseTimes(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ZERO, Duration.ofMillis(1));

    private final Warehouse warehouse = new Warehouse();
    private final TenantLease successor =
            new TenantLease(Warehouse.TENANT, "successor", warehouse.dataSource, warehouse.dataSource, IMPATIENT);

    @AfterEach
    void close() {
        successor.close();
        warehouse.close();
    }

    @Test
    void aLeaseThatIsHeldIsNotTaken() {
        assertThatThrownBy(successor::acquire)
                .isInstanceOfSatisfying(
                        LeaseHeldException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.TRY_LATER))
                .hasMessage("Another run holds tenant 'acme': test. Waited 0 seconds for it");
    }

    @Test
    void aLeaseThatWasGivenBackIsTakenAtOnceWithAHigherToken() {
        warehouse.lease.close();
        successor.acquire();

        assertThat(warehouse.lines("select holder, token from kandji.lease")).containsExactly("successor | 2");
    }

    @Test
    void whoGivesWayLetsTheOneThatWaitsInAndGoesOnAfterIt() throws Exception {
        LeaseTimes patient = new LeaseTimes(
                Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMillis(1));
        try (TenantLease first = lease("first", patient);
                TenantLease second = lease("second", LeaseTimes.STANDARD)) {
            warehouse.lease.close();
            first.acquire();
            CompletableFuture<Void> took = CompletableFuture.runAsync(() -> {
                second.acquire();
                warehouse.jdbc.sql("create table second_was_here ()").update();
                second.close();
            });

            while (warehouse
                    .lines("select to_regclass('second_was_here') is null")
                    .contains("true")) {
                first.giveWay(Duration.ofMinutes(1));
                assertThat(warehouse.lines("select holder from kandji.lease")).containsExactly("first");
            }

            took.join();
            first.checkAside();
        }
    }

    private TenantLease lease(String holder, LeaseTimes times) {
        return new TenantLease(Warehouse.TENANT, holder, warehouse.dataSource, warehouse.dataSource, times);
    }

    @Test
    void whoLostTheLeaseWritesNothing() {
        warehouse.begin(0).stage(0, device("d1").build());
        List<String> before = everything();
        takeOver();

        assertLost(() -> warehouse.stage(0, device("d2").build()));
        assertLost(() -> warehouse.reject(0, "d3"));
        assertLost(() -> warehouse.publish(0));
        assertLost(() -> warehouse.begin(1));
        assertLost(() ->
                warehouse.runs.end(warehouse.run(0), new RunEnd(Outcome.FAILED, 1, null, "cause", "remedy", true), 7));
        assertLost(() -> warehouse.runs.markInLake(warehouse.run(0), "manifest"));

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aTransactionInFlightKeepsALeaseThatRanOutAndBlocksNobody() throws SQLException {
        try (Connection inFlight = warehouse.dataSource.getConnection();
                Statement statement = inFlight.createStatement()) {
            inFlight.setAutoCommit(false);
            statement.executeQuery("select token from kandji.lease for key share");
            warehouse
                    .jdbc
                    .sql("update kandji.lease set expires_at = clock_timestamp()")
                    .update();

            assertThatThrownBy(successor::acquire)
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessage("Another run holds tenant 'acme': test. Waited 0 seconds for it");
            inFlight.rollback();
        }
        successor.acquire();

        assertThat(warehouse.lines("select holder, token from kandji.lease")).containsExactly("successor | 2");
    }

    @Test
    void givingBackALostLeaseDoesNotTakeItFromItsHolder() {
        takeOver();
        warehouse.lease.close();

        assertThat(warehouse.lines("select holder, expires_at > clock_timestamp() from kandji.lease"))
                .containsExactly("successor | true");
    }

    private void takeOver() {
        warehouse
                .jdbc
                .sql("update kandji.lease set expires_at = clock_timestamp()")
                .update();
        successor.acquire();
    }

    private void assertLost(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageStartingWith("Lost the lease of tenant 'acme': successor holds it now");
    }

    private List<String> everything() {
        return warehouse.lines("select to_jsonb(r)::text from kandji.sync_run r union all"
                + " select to_jsonb(d)::text from kandji.staged_device d union all"
                + " select to_jsonb(d)::text from kandji.device d union all"
                + " select to_jsonb(j)::text from kandji.rejected_record j");
    }
}
