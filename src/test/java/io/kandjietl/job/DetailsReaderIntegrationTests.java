package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.TenantLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What the reader of details hands out, over restarts too. */
class DetailsReaderIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:30Z");
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
    private final KandjiClient client = new KandjiClient(
            new KandjiSettings(tenant.baseUri(), ApiToken.of(tenant.token()), 300, 1_000, KandjiTimeouts.DEFAULT),
            Clock.systemUTC());
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
        DetailsReader reader = opened(NOW);

        assertThat(ranks(read(reader, Integer.MAX_VALUE))).containsExactlyElementsOf(ranks(1, DEVICES));
        reader.update(context);

        assertThat(DetailsReport.of(context)).isEqualTo(new DetailsReport(DEVICES, DEVICES, null));
        assertThat(reader.read()).isNull();
    }

    @Test
    void aRestartGoesOnBehindTheLastCommittedDevice() {
        DetailsReader first = opened(NOW);
        read(first, DetailsReader.CHUNK);
        first.update(context);
        read(first, DetailsReader.CHUNK);
        jdbc.sql("insert into kandji.staged_device (run_id, position, device_id) values (1, 999, 'd-new')")
                .update();

        List<AskedDetails> rest = read(opened(NOW), Integer.MAX_VALUE);

        assertThat(ranks(rest)).containsExactlyElementsOf(ranks(DetailsReader.CHUNK + 1, DEVICES));
    }

    @Test
    void beforeTheFirstCommitARestartChoosesAnew() {
        read(opened(NOW), DetailsReader.CHUNK);
        jdbc.sql("delete from kandji.staged_device where position >= 10").update();

        assertThat(read(opened(NOW), Integer.MAX_VALUE)).hasSize(10);
    }

    @Test
    void theTimeLimitCountsFromTheFirstBegin() {
        DetailsReader first = opened(NOW);
        read(first, DetailsReader.CHUNK);
        first.update(context);

        DetailsReader later = opened(NOW.plus(Duration.ofMinutes(75)));
        assertThat(later.read()).isNull();
        later.update(context);

        assertThat(DetailsReport.of(context))
                .isEqualTo(new DetailsReport(DEVICES, DetailsReader.CHUNK, DetailsStop.OUT_OF_TIME));
        assertThat(opened(NOW).read()).as("once stopped it stays so").isNull();
    }

    @Test
    void whatWasAnsweredBeforeARefusalIsHandedOut() {
        tenant.faults().onDetails().nth(151).always().answers(StockAnswer.NO_PERMISSION);
        DetailsReader reader = opened(NOW);

        assertThat(read(reader, Integer.MAX_VALUE)).hasSize(152);
        reader.update(context);

        assertThat(DetailsReport.of(context))
                .as("two refusals in a row may be the devices'")
                .isEqualTo(new DetailsReport(DEVICES, 152, DetailsStop.REFUSED));
    }

    @Test
    void oneRequestAfterTheOtherThatFailsStopsTheAsking() {
        tenant.faults().onDetails().always().answers(StockAnswer.NO_ROUTE);
        DetailsReader reader = opened(NOW);

        assertThat(read(reader, Integer.MAX_VALUE)).hasSizeBetween(20, 28);
        reader.update(context);

        assertThat(DetailsReport.of(context).stop()).isEqualTo(DetailsStop.IN_TROUBLE);
    }

    private DetailsReader opened(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        DetailsReader reader = new DetailsReader(
                new DetailsWorklist(jdbc, jdbc, new JdbcTransactionManager(dataSource), lease, RUN),
                new DetailsFetcher(client, 8, clock),
                DetailsSettings.STANDARD,
                RUN.slot().minus(Duration.ofHours(22)),
                90_000,
                clock,
                millis -> {
                    throw new AssertionError("Nothing is to be waited for");
                });
        reader.open(context);
        return reader;
    }

    private static List<AskedDetails> read(DetailsReader reader, int most) {
        List<AskedDetails> all = new ArrayList<>();
        AskedDetails next = reader.read();
        while (next != null) {
            all.add(next);
            next = all.size() < most ? reader.read() : null;
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
}
