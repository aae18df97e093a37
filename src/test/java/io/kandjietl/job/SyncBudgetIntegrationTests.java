package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a clock that passes by sleeping in it, for the tenant as well: hours cost no time. */
@Timeout(120)
class SyncBudgetIntegrationTests {

    private final ManualClock clock = new ManualClock("2026-11-23T12:10:00Z");

    /** Some fifty pages of ten. */
    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(SimulatedFleet.builder().size(500).build())
            .limits(100, 50)
            .clock(clock)
            .start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aListingThatNeedsTwoHoursOfBudgetWaitsAndIsNeverRefused() {
        tenant.usedByOthers(60);
        Installation installation = installation().with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0");

        SyncReport report = run(installation);

        assertThat(report.kind()).isEqualTo(SyncReport.Kind.PUBLISHED);
        assertThat(tenant.requests().rateLimited()).isZero();
        assertThat(tenant.requests().busiestSecond()).isLessThanOrEqualTo(50);
        assertThat(clock.instant())
                .isBetween(Instant.parse("2026-11-23T13:00:00Z"), Instant.parse("2026-11-23T13:49:00Z"));
        assertThat(installation.lines("select hour::text || ' ' || requests_granted || ' ' || limit_hour"
                        + " from kandji.request_ledger order by hour limit 1"))
                .as("100 less 60 of the others less the reserve of 10")
                .first()
                .asString()
                .endsWith(" 30 100");
        assertEachRequestIsCounted(installation);
    }

    @Test
    void waitingForBudgetNeedsNoSecondConnection() {
        tenant.usedByOthers(60);
        Installation installation = installation().with("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "1");

        assertThat(run(installation).kind()).isEqualTo(SyncReport.Kind.PUBLISHED);
        assertThat(tenant.requests().rateLimited()).isZero();
    }

    @Test
    void aShareThatIsTooSmallEndsTheRunInTimeAndTheNextProcessGoesOn() {
        Installation installation = installation().with("KANDJI_REQUESTS_PER_HOUR", "14");

        FailureException e = catchThrowableOfType(FailureException.class, () -> run(installation));

        assertThat(e.exitCode()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(e.getMessage()).contains("14 of the share of 14 requests", "13:50:00");
        assertThat(tenant.requests().count()).isEqualTo(28);
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step || ' ' || requests_used"
                        + " from kandji.sync_run"))
                .containsExactly("failed 75 extractDevices 28");

        SyncReport report = run(installation.with("KANDJI_REQUESTS_PER_HOUR", "80"));

        assertThat(report.kind()).isEqualTo(SyncReport.Kind.PUBLISHED);
        assertEachRequestIsCounted(installation);
        assertThat(tenant.requests().rateLimited()).isZero();
    }

    @Test
    void detailsGoOnWhenTheNextHourBegins() {
        Installation installation =
                installation().with("KANDJI_REQUESTS_PER_HOUR", "80").with("KANDJI_PAGE_SIZE", "100");

        SyncReport report = run(installation);

        assertThat(report.details()).isNotNull().satisfies(details -> {
            assertThat(details.stop()).isEqualTo(DetailsStop.TOLD_TO_WAIT);
            assertThat(details.asked())
                    .as(
                            "two hours' share without the listing, whose page beyond the end may be given up before it is sent")
                    .isBetween(
                            159 - tenant.requests().count(RequestKind.LIST),
                            160 - tenant.requests().count(RequestKind.LIST));
        });
        assertThat(tenant.requests().detailedDevices())
                .hasSize((int) report.details().asked());
        assertThat(tenant.requests().count(RequestKind.DETAILS))
                .as("none is asked for twice")
                .isEqualTo(report.details().asked());
        assertThat(installation.lines("select requests_granted::text from kandji.request_ledger order by hour"))
                .containsExactly("80", "80");
        assertThat(tenant.requests().rateLimited()).isZero();
        assertThat(clock.instant())
                .as("75 minutes from the beginning reach into the second hour and not the third")
                .isBetween(Instant.parse("2026-11-23T13:00:00Z"), Instant.parse("2026-11-23T13:25:00Z"));
    }

    @Test
    void waitingForTheNextHourHoldsNoTransactionOpen() {
        Installation installation = installation()
                .with("KANDJI_REQUESTS_PER_HOUR", "80")
                .with("KANDJI_PAGE_SIZE", "100")
                .with("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "1");
        List<String> seen = new CopyOnWriteArrayList<>();
        clock.beforeLongSleeps(() -> seen.addAll(installation.lines("""
                select (select count(*) from pg_stat_activity
                        where datname = current_database() and state like 'idle in transaction%')
                    || ' open, ' || (select count(*) from kandji.staged_details) || ' committed'""")));

        SyncReport report = run(installation);

        assertThat(report.kind()).isEqualTo(SyncReport.Kind.PUBLISHED);
        assertThat(seen)
                .as("an hour's share without the listing, whose page beyond the end may be given up before it is sent")
                .isNotEmpty()
                .isSubsetOf(
                        "0 open, " + (79 - tenant.requests().count(RequestKind.LIST)) + " committed",
                        "0 open, " + (80 - tenant.requests().count(RequestKind.LIST)) + " committed");
    }

    private void assertEachRequestIsCounted(Installation installation) {
        assertThat(installation
                        .jdbc()
                        .sql("select requests_used from kandji.sync_run")
                        .query(Long.class)
                        .single())
                .as("the page beyond the end of the listing may be given up after it was counted and before it is sent")
                .isBetween(tenant.requests().count(), tenant.requests().count() + 1);
    }

    private Installation installation() {
        return new Installation(folder, tenant).with("KANDJI_PAGE_SIZE", "10").with("KANDJI_REQUESTS_PER_SECOND", "20");
    }

    private SyncReport run(Installation installation) {
        return ClockedSync.run(installation, clock, SyncRequest.REGULAR);
    }
}
