package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.kandji.HourlyLimit;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.KandjiInterruptedException;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.kandji.RequestBudget;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.ManualClock;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.TenantLease;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.retry.backoff.ThreadWaitSleeper;

/** What the reader of details hands out, over waits and restarts too. */
@Timeout(60)
class DetailsReaderIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:30Z");
    private static final Instant NEXT_HOUR = Instant.parse("2026-11-23T13:00:00Z");
    private static final Run RUN = new Run(1, "acme", Instant.parse("2026-11-23T12:00:00Z"));
    private static final int DEVICES = 250;

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(IntStream.range(0, DEVICES)
                    .mapToObj(number -> ScriptedFleet.row(id(number)))
                    .toArray(String[]::new)))
            .unlimited()
            .start();
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TenantLease lease = new TenantLease("acme", "test", dataSource, dataSource, LeaseTimes.STANDARD);
    private final ManualClock clock = new ManualClock(NOW.toString());
    private final ScriptedBudget budget = new ScriptedBudget();
    private final KandjiClient client = new KandjiClient(
            new KandjiSettings(tenant.baseUri(), ApiToken.of(tenant.token()), 300, 1_000, KandjiTimeouts.DEFAULT),
            Clock.systemUTC(),
            System::nanoTime,
            new ThreadWaitSleeper(),
            budget,
            ObservationRegistry.NOOP);
    private Runnable beforeSleep = () -> {};
    private final ExecutionContext context = new ExecutionContext();

    @BeforeEach
    void listDevices() {
        lease.acquire();
        jdbc.sql("insert into kandji.staged_device (run_id, position, device_id)"
                        + " select 1, n, 'd-' || lpad(n::text, 3, '0') from generate_series(0, :last) n")
                .param("last", DEVICES - 1)
                .update();
    }

    @AfterEach
    void close() {
        lease.close();
        client.close();
        tenant.close();
    }

    @Test
    void everyChosenDeviceIsHandedOutInItsOrder() {
        DetailsReader reader = opened();

        assertThat(ranks(read(reader, Integer.MAX_VALUE))).containsExactlyElementsOf(ranks(1, DEVICES));
        reader.update(context);

        assertThat(DetailsReport.of(context)).isEqualTo(new DetailsReport(DEVICES, DEVICES, null));
        assertThat(reader.read()).isNull();
    }

    @Test
    void aRestartGoesOnBehindTheLastCommittedDevice() {
        DetailsReader first = opened();
        read(first, 1);
        first.update(context);
        read(first, 1);
        jdbc.sql("insert into kandji.staged_device (run_id, position, device_id) values (1, 999, 'd-new')")
                .update();

        List<AskedDetails> rest = read(opened(), Integer.MAX_VALUE);

        assertThat(ranks(rest)).containsExactlyElementsOf(ranks(DetailsReader.BATCH + 1, DEVICES));
    }

    @Test
    void beforeTheFirstCommitARestartChoosesAnew() {
        read(opened(), 1);
        jdbc.sql("delete from kandji.staged_device where position >= 10").update();

        assertThat(read(opened(), Integer.MAX_VALUE)).hasSize(10);
    }

    @Test
    void theTimeLimitCountsFromTheFirstBegin() {
        DetailsReader first = opened();
        read(first, 1);
        first.update(context);
        clock.pass(Duration.ofMinutes(75));

        DetailsReader later = opened();
        assertThat(later.read()).isNull();
        later.update(context);

        assertThat(DetailsReport.of(context))
                .isEqualTo(new DetailsReport(DEVICES, DetailsReader.BATCH, DetailsStop.OUT_OF_TIME));
        assertThat(opened().read()).as("once stopped it stays so").isNull();
    }

    @Test
    void whatWasAnsweredBeforeARefusalIsHandedOut() {
        tenant.faults().onDetails().nth(151).always().answers(StockAnswer.NO_PERMISSION);
        DetailsReader reader = opened();

        assertThat(read(reader, Integer.MAX_VALUE)).hasSize(152);
        reader.update(context);

        assertThat(DetailsReport.of(context))
                .as("two refusals in a row may be the devices'")
                .isEqualTo(new DetailsReport(DEVICES, 152, DetailsStop.REFUSED));
    }

    @Test
    void oneRequestAfterTheOtherThatFailsStopsTheAsking() {
        tenant.faults().onDetails().always().answers(StockAnswer.NO_ROUTE);
        DetailsReader reader = opened();

        assertThat(read(reader, Integer.MAX_VALUE)).hasSizeBetween(20, 28);
        reader.update(context);

        assertThat(DetailsReport.of(context).stop()).isEqualTo(DetailsStop.IN_TROUBLE);
    }

    @Test
    void whatIsAnsweredBeforeAWaitIsHandedOutBeforeIt() {
        int answered = DetailsReader.BATCH + 30;
        budget.refuse(answered + 1, NEXT_HOUR);
        DetailsReader reader = opened();

        assertThat(read(reader, 2)).hasSizeBetween(answered, answered + 7);
        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(read(reader, 1)).isNotEmpty();
        assertThat(clock.instant()).isEqualTo(NEXT_HOUR);
    }

    @Test
    void whoIsPassedOverSideBySideIsAskedForAfterTheWaitAndNobodyTwice() {
        budget.refuseBehindLaterOnes(3, NEXT_HOUR);

        List<AskedDetails> all = read(opened(), Integer.MAX_VALUE);

        assertThat(clock.instant()).isEqualTo(NEXT_HOUR);
        assertThat(ranks(all)).containsExactlyInAnyOrderElementsOf(ranks(1, DEVICES));
        assertThat(ranks(all)).as("one was passed over").isNotEqualTo(ranks(1, DEVICES));
        assertThat(tenant.requests().count(RequestKind.DETAILS)).isEqualTo(DEVICES);
    }

    @Test
    void whoIsPassedOverIsKeptOverASecondRefusal() {
        int refused = 3;
        budget.refuseBehindLaterOnes(refused, NEXT_HOUR);
        DetailsReader reader = opened();
        List<AskedDetails> all = new ArrayList<>(read(reader, 1));
        // As soon as it asks again: not even one of those that were passed over is answered.
        budget.refuseFromNowOn(2, NEXT_HOUR.plus(Duration.ofMinutes(10)));

        all.addAll(read(reader, Integer.MAX_VALUE));

        assertThat(clock.instant()).isEqualTo(NEXT_HOUR.plus(Duration.ofMinutes(10)));
        assertThat(ranks(all)).containsExactlyInAnyOrderElementsOf(ranks(1, DEVICES));
        assertThat(tenant.requests().count(RequestKind.DETAILS)).isEqualTo(DEVICES);
    }

    @Test
    void aRestartDuringTheWaitAsksForThoseThatWerePassedOverAndForNobodyTwice() {
        budget.refuseBehindLaterOnes(3, NEXT_HOUR);
        DetailsReader first = opened();
        List<AskedDetails> committed = read(first, 1);
        first.update(context);

        List<AskedDetails> rest = read(opened(), Integer.MAX_VALUE);

        assertThat(committed).hasSizeLessThan(DetailsReader.BATCH);
        List<AskedDetails> all = new ArrayList<>(committed);
        all.addAll(rest);
        assertThat(ranks(all)).containsExactlyInAnyOrderElementsOf(ranks(1, DEVICES));
        assertThat(tenant.requests().count(RequestKind.DETAILS)).isEqualTo(DEVICES);
    }

    @Test
    void aRefusalThatIsOverWhenItIsSeenCostsNobodyHisTurn() {
        budget.refuse(5, NOW.minusMillis(1));
        DetailsReader reader = opened();

        assertThat(read(reader, Integer.MAX_VALUE))
                .hasSize(DEVICES)
                .extracting(AskedDetails::answer)
                .hasOnlyElementsOfType(DetailsAnswer.Answered.class);
        reader.update(context);

        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(DetailsReport.of(context)).isEqualTo(new DetailsReport(DEVICES, DEVICES, null));
    }

    @Test
    void aWaitThatWouldReachBeyondTheTimeLimitIsNotBegun() {
        budget.refuse(101, NOW.plus(Duration.ofMinutes(75)));
        DetailsReader reader = opened();

        assertThat(read(reader, Integer.MAX_VALUE)).hasSizeBetween(100, 107);
        reader.update(context);

        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(DetailsReport.of(context).stop()).isEqualTo(DetailsStop.TOLD_TO_WAIT);
    }

    @Test
    void aWaitForTheNextSlotsHourIsNotBegun() {
        clock.pass(Duration.ofMinutes(61));
        budget.refuse(101, Instant.parse("2026-11-23T14:00:00Z"));
        DetailsReader reader = opened();

        assertThat(read(reader, Integer.MAX_VALUE)).hasSizeBetween(100, 107);
        reader.update(context);

        assertThat(DetailsReport.of(context).stop()).isEqualTo(DetailsStop.TOLD_TO_WAIT);
    }

    @Test
    void anInterruptEndsTheWaitAndARestartRepeatsNothing() {
        budget.refuse(101, NEXT_HOUR);
        DetailsReader first = opened();
        List<AskedDetails> all = new ArrayList<>(read(first, 1));
        first.update(context);
        beforeSleep = () -> Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(first, Integer.MAX_VALUE))
                .isInstanceOf(KandjiInterruptedException.class)
                .hasMessageStartingWith("Stopped while waiting for Kandji: the details of ");
        assertThat(Thread.interrupted()).isTrue();
        beforeSleep = () -> {};
        all.addAll(read(opened(), Integer.MAX_VALUE));

        assertThat(ranks(all).stream().distinct()).hasSize(DEVICES);
    }

    private DetailsReader opened() {
        DetailsReader reader = new DetailsReader(
                new DetailsWorklist(jdbc, jdbc, new JdbcTransactionManager(dataSource), lease, RUN),
                new DetailsFetcher(client, 8, clock),
                DetailsSettings.STANDARD,
                RUN.slot().minus(Duration.ofHours(22)),
                RUN.slot().plus(Duration.ofHours(2)),
                90_000,
                clock,
                millis -> {
                    beforeSleep.run();
                    clock.sleep(millis);
                });
        reader.open(context);
        return reader;
    }

    private static List<AskedDetails> read(DetailsReader reader, int batches) {
        List<AskedDetails> all = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            List<AskedDetails> batch = reader.read();
            if (batch == null) {
                break;
            }
            all.addAll(batch);
        }
        return all;
    }

    private static List<Long> ranks(List<AskedDetails> asked) {
        return asked.stream().map(one -> one.request().rank()).toList();
    }

    private static List<Long> ranks(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static String id(int number) {
        return String.format("d-%03d", number);
    }

    /** Allows what it is not told to refuse, by the number of the request, from 1. */
    private static final class ScriptedBudget implements RequestBudget {

        /** Fewer than run side by side, so that they come while one waits. */
        private static final int LATER = 5;

        private final AtomicInteger count = new AtomicInteger();
        private final CountDownLatch later = new CountDownLatch(LATER);
        private int first = -1;
        private int last = -1;
        private boolean waits;
        private Instant until = Instant.MIN;

        void refuse(int number, Instant moment) {
            first = number;
            last = number;
            until = moment;
        }

        void refuseBehindLaterOnes(int number, Instant moment) {
            refuse(number, moment);
            waits = true;
        }

        void refuseFromNowOn(int requests, Instant moment) {
            first = count.get() + 1;
            last = count.get() + requests;
            until = moment;
            waits = false;
        }

        @Override
        public void take() {
            throw new AssertionError("Details are not waited for here");
        }

        @Override
        public Optional<Instant> tryTake() throws InterruptedException {
            int number = count.incrementAndGet();
            if (number < first || number > last) {
                if (number > last && waits) {
                    later.countDown();
                }
                return Optional.empty();
            }
            if (waits) {
                later.await();
            }
            return Optional.of(until);
        }

        @Override
        public void seen(HourlyLimit limit) {}

        @Override
        public void blockedUntil(Instant moment) {}
    }
}
