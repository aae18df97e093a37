package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.kandji.HourlyLimit;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.kandji.RequestBudget;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.ManualClock;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.TenantLease;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is asked of the tenant about absent devices, in what order, and what a restart makes of it. */
class AbsenceReaderIntegrationTests {

    private static final Run RUN = new Run(1, "acme", Instant.parse("2026-11-23T12:00:00Z"));
    private static final int LISTED = 20;
    private static final int ABSENT = 250;

    private final ManualClock clock = new ManualClock("2026-11-23T12:00:30Z");
    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(IntStream.range(0, LISTED)
                    .mapToObj(number -> ScriptedFleet.row(id(number)))
                    .toArray(String[]::new)))
            .unlimited()
            .start();
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TenantLease lease = new TenantLease("acme", "test", dataSource, dataSource, LeaseTimes.STANDARD);
    private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
    private final KandjiClient client = client(KandjiTimeouts.DEFAULT);
    private final ExecutionContext context = new ExecutionContext();

    /** Of 270 active devices, 20 are listed. */
    @BeforeEach
    void listDevices() {
        lease.acquire();
        jdbc.sql("insert into kandji.device (tenant, device_id, status, first_seen_slot, last_seen_slot, changed_slot)"
                        + " select 'acme', 'd-' || lpad(n::text, 3, '0'), 'active', :slot, :slot, :slot"
                        + " from generate_series(0, :last) n")
                .param("slot", RUN.slot().minus(Duration.ofHours(2)).atOffset(java.time.ZoneOffset.UTC))
                .param("last", LISTED + ABSENT - 1)
                .update();
        jdbc.sql("insert into kandji.staged_device (run_id, position, device_id)"
                        + " select 1, n, 'd-' || lpad(n::text, 3, '0') from generate_series(0, :last) n")
                .param("last", LISTED - 1)
                .update();
    }

    @AfterEach
    void close() {
        lease.close();
        client.close();
        tenant.close();
    }

    @Test
    void everyAbsentDeviceStandsBetweenTwoWitnesses() {
        List<AskedDetails> all = read(opened(client), Integer.MAX_VALUE);

        assertThat(all).filteredOn(AbsenceReaderIntegrationTests::isAbsent).hasSize(ABSENT);
        assertThat(confirmed(all)).isEqualTo(ABSENT);
        assertThat(all).filteredOn(asked -> !isAbsent(asked)).hasSizeLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 30, 99, 100, 101, 260})
    void aRestartGoesOnBehindTheLastCommittedAndConfirmsThemAll(int committed) {
        AbsenceReader first = opened(client);
        List<AskedDetails> all = new ArrayList<>(read(first, committed));
        first.update(context);
        read(first, 5);

        AbsenceReader second = opened(client);
        all.addAll(read(second, Integer.MAX_VALUE));
        second.update(context);

        assertThat(all)
                .filteredOn(AbsenceReaderIntegrationTests::isAbsent)
                .extracting(asked -> asked.request().deviceId())
                .hasSize(ABSENT)
                .doesNotHaveDuplicates();
        assertThat(confirmed(all)).isEqualTo(ABSENT);
        assertThat(AbsenceReport.of(context)).isEqualTo(new AbsenceReport(ABSENT, ABSENT, ABSENT, 0, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 20, 100})
    void aBudgetThatIsTooSmallStillConfirmsSome(int requests) {
        budget.set(requests);
        AbsenceReader reader = opened(client);

        List<AskedDetails> all = read(reader, Integer.MAX_VALUE);
        reader.update(context);

        assertThat(AbsenceReport.of(context).stop()).isEqualTo(DetailsStop.TOLD_TO_WAIT);
        assertThat(all).hasSizeLessThanOrEqualTo(requests);
        assertThat(confirmed(all)).isGreaterThanOrEqualTo((requests - 2) / 3);
        assertThat(AbsenceReport.of(context).waiting()).isGreaterThanOrEqualTo(ABSENT - requests);
    }

    @Test
    void withoutAnyAbsentDeviceNothingIsAsked() {
        jdbc.sql("delete from kandji.device where device_id >= :first")
                .param("first", id(LISTED))
                .update();

        assertThat(read(opened(client), Integer.MAX_VALUE)).isEmpty();
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void whereTheGuardHoldsNothingIsAsked() {
        AbsenceReader reader = opened(client, ArchivalGuard.STANDARD);

        assertThat(read(reader, Integer.MAX_VALUE)).isEmpty();
        assertThat(tenant.requests().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_DETAIL", "HTML_BAD_GATEWAY", "EMPTY_UNAVAILABLE", "HTML_OK", "EMPTY_OK", "NO_ROUTE"})
    void anAnswerThatIsNoWordOfTheDeviceIsNone(StockAnswer answer) {
        tenant.faults().onDetails().ofDevice(id(LISTED)).always().answers(answer);

        List<AskedDetails> all = read(opened(client), Integer.MAX_VALUE);

        assertThat(all)
                .filteredOn(asked -> asked.request().deviceId().equals(id(LISTED)))
                .singleElement()
                .satisfies(asked -> assertThat(asked.answer()).isInstanceOf(DetailsAnswer.Failed.class));
        assertThat(confirmed(all)).isEqualTo(ABSENT - 1);
    }

    @Test
    void aTimeOutIsNoWordOfTheDevice() {
        tenant.faults().onDetails().ofDevice(id(LISTED)).always().slows(Duration.ofHours(1));
        try (KandjiClient impatient = client(new KandjiTimeouts(Duration.ofSeconds(10), Duration.ofMillis(500)))) {
            List<AskedDetails> all = read(opened(impatient), Integer.MAX_VALUE);

            assertThat(confirmed(all)).isEqualTo(ABSENT - 1);
        }
    }

    @Test
    void aWitnessThatIsNotFoundIsReplacedByAnother() {
        tenant.faults().onDetails().ofDevice(id(0)).always().answers(StockAnswer.NOT_FOUND_ERROR);
        tenant.faults().onDetails().ofDevice(id(1)).always().answers(StockAnswer.NO_ROUTE);

        assertThat(confirmed(read(opened(client), Integer.MAX_VALUE))).isEqualTo(ABSENT);
    }

    @Test
    void aHostWhoseEveryPathIs404IsNotAskedForAbsentDevices() {
        tenant.faults().onDetails().always().answers(StockAnswer.NOT_FOUND_DETAIL);
        AbsenceReader reader = opened(client);

        List<AskedDetails> all = read(reader, Integer.MAX_VALUE);
        reader.update(context);

        assertThat(all).hasSize(5).noneMatch(AbsenceReaderIntegrationTests::isAbsent);
        assertThat(AbsenceReport.of(context))
                .isEqualTo(new AbsenceReport(ABSENT, ABSENT, 0, 0, DetailsStop.WITHOUT_WITNESS));
    }

    @Test
    void aHostThatForgetsItsDevicesHalfWayConfirmsOnlyWhatStoodBeforeAWitness() {
        tenant.faults()
                .onDetails()
                .nth(60)
                .thenRuns(() -> tenant.faults().onDetails().always().answers(StockAnswer.NOT_FOUND_DETAIL));
        AbsenceReader reader = opened(client);

        List<AskedDetails> all = read(reader, Integer.MAX_VALUE);
        reader.update(context);

        assertThat(AbsenceReport.of(context).stop()).isEqualTo(DetailsStop.WITHOUT_WITNESS);
        assertThat(confirmed(all)).isPositive().isLessThanOrEqualTo(60);
    }

    private AbsenceReader opened(KandjiClient asked) {
        return opened(asked, new ArchivalGuard(100, 1_000));
    }

    private AbsenceReader opened(KandjiClient asked, ArchivalGuard guard) {
        // Half of the fleet is listed at least, or the guard holds: here it is asked as after an acceptance.
        if (guard.maxDevices() == 1_000) {
            jdbc.sql("insert into kandji.held_archival (tenant, slot, device_id, reason, accepted_at)"
                            + " select tenant, first_seen_slot, device_id, 'gone', now() from kandji.device"
                            + " where device_id >= :first on conflict do nothing")
                    .param("first", id(LISTED))
                    .update();
        }
        AbsenceReader reader = new AbsenceReader(
                new DetailsWorklist(jdbc, jdbc, new JdbcTransactionManager(dataSource), lease, RUN),
                new DetailsFetcher(asked, 8, clock),
                guard,
                RUN.slot().minus(Duration.ofHours(22)),
                18_000,
                clock);
        reader.open(context);
        return reader;
    }

    private KandjiClient client(KandjiTimeouts timeouts) {
        return new KandjiClient(
                new KandjiSettings(tenant.baseUri(), ApiToken.of(tenant.token()), 300, 1_000, timeouts),
                clock,
                clock::nanoTime,
                clock,
                new Limited(),
                ObservationRegistry.NOOP);
    }

    /** How many absent devices are unknown, and stand between two listed ones that answered: what the publication counts. */
    private static long confirmed(List<AskedDetails> all) {
        long first = all.stream()
                .filter(AbsenceReaderIntegrationTests::isWitness)
                .mapToLong(asked -> asked.request().rank())
                .min()
                .orElse(Long.MAX_VALUE);
        long last = all.stream()
                .filter(AbsenceReaderIntegrationTests::isWitness)
                .mapToLong(asked -> asked.request().rank())
                .max()
                .orElse(Long.MIN_VALUE);
        return all.stream()
                .filter(asked -> isAbsent(asked) && asked.answer() instanceof DetailsAnswer.NotFound)
                .filter(asked ->
                        asked.request().rank() > first && asked.request().rank() <= last)
                .count();
    }

    private static boolean isWitness(AskedDetails asked) {
        return !isAbsent(asked) && asked.answer() instanceof DetailsAnswer.Answered;
    }

    private static boolean isAbsent(AskedDetails asked) {
        return asked.request().deviceId().compareTo(id(LISTED)) >= 0;
    }

    private static List<AskedDetails> read(AbsenceReader reader, int most) {
        List<AskedDetails> all = new ArrayList<>();
        AskedDetails next = reader.read();
        while (next != null) {
            all.add(next);
            next = all.size() < most ? reader.read() : null;
        }
        return all;
    }

    private static String id(int number) {
        return String.format("d-%03d", number);
    }

    private final class Limited implements RequestBudget {

        @Override
        public void take() {
            budget.decrementAndGet();
        }

        @Override
        public Optional<Instant> tryTake() {
            return budget.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? Optional.empty() : Optional.of(Instant.MAX);
        }

        @Override
        public void seen(HourlyLimit limit) {}

        @Override
        public void blockedUntil(Instant until) {}
    }
}
