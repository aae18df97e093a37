package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.DeviceListReader;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How fast the job's reader turns the pages of a listing, beside one page after another. Nothing is done with the rows, so what the
 * reader gains by asking ahead is gained on the tenant's time alone.
 *
 * <p>Answers that take time are asked for at the rate that ships, so 1 ÷ answer time is what one page after another gives at
 * best. Where they take none, that rate would be all that is measured: it is as high as settings allow, and the baseline is the
 * client asked in a plain loop.
 */
final class ListingBenchmark implements Benchmark {

    /** A page takes about that long in earnest. */
    private static final Duration REAL = Duration.ofMillis(300);

    private static final double BY_READING_AHEAD = 1.8;

    private static final int FASTEST = 1_000;

    /** With answers that take time: 100 pages, some fifteen seconds a sample. What is read one by one at first and last matters little. */
    private static final int MOST_SLOW = 30_000;

    private static final int MOST_FAST = 100_000;

    private final List<Duration> answerTimes;

    ListingBenchmark() {
        this(List.of(Duration.ZERO, Duration.ofMillis(50), REAL));
    }

    /**
     * @param answerTimes how long the tenant takes for an answer
     */
    ListingBenchmark(List<Duration> answerTimes) {
        this.answerTimes = List.copyOf(answerTimes);
    }

    @Override
    public String name() {
        return "listing";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        for (Duration answerTime : answerTimes) {
            int most = answerTime.isZero() ? MOST_FAST : MOST_SLOW;
            int devices = Math.min(options.devices().getLast(), most);
            report.add(figure(devices, answerTime, options.samples()));
        }
    }

    private static Figure figure(int devices, Duration answerTime, int samples) throws Exception {
        String subject =
                String.format(Locale.ROOT, "listing, %,d devices, answers in %d ms", devices, answerTime.toMillis());
        if (answerTime.isZero()) {
            InTurn both = InTurn.of(
                    samples,
                    () -> sample(devices, answerTime, FASTEST, ListingBenchmark::read),
                    () -> sample(devices, answerTime, FASTEST, ListingBenchmark::loop));
            return new Figure(subject, "pages/s", both.measured(), "the client in a loop", both.reference(), null);
        }
        double[] measured = new double[samples];
        for (int i = 0; i < samples; i++) {
            measured[i] =
                    sample(devices, answerTime, KandjiSettings.DEFAULT_REQUESTS_PER_SECOND, ListingBenchmark::read);
        }
        return new Figure(
                subject,
                "pages/s",
                new Samples(measured),
                "min(rate, 1 ÷ answer time)",
                new Samples(Math.min(KandjiSettings.DEFAULT_REQUESTS_PER_SECOND, 1 / Work.seconds(answerTime))),
                answerTime.equals(REAL) ? Target.atLeast(BY_READING_AHEAD) : null);
    }

    /** Pages of the listing a second, the empty one at the end included, and none beyond it. */
    private static double sample(int devices, Duration answerTime, int perSecond, ToIntFunction<KandjiClient> way)
            throws Exception {
        // A tenant of its own: what one sample gave up is not seen in the next.
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                        .fleet(SimulatedFleet.builder()
                                .size(devices)
                                .frozenAt(Instant.parse("2026-11-23T12:00:00Z"))
                                .build())
                        .unlimited()
                        .answerTime(answerTime)
                        .start();
                KandjiClient client = client(tenant, perSecond)) {
            double seconds = InTurn.seconds(() -> Work.expect("Rows read", devices, way.applyAsInt(client)));
            Work.expectListRequests(devices, tenant.requests().count());
            Work.expectRate(tenant.requests(), perSecond);
            return Work.pages(devices) / seconds;
        }
    }

    private static int read(KandjiClient client) {
        DeviceListReader reader = new DeviceListReader(client);
        reader.open(new ExecutionContext());
        int rows = 0;
        while (reader.read() != null) {
            rows++;
        }
        reader.close();
        return rows;
    }

    private static int loop(KandjiClient client) {
        int rows = 0;
        int more;
        do {
            more = client.listDevices(rows).rows().size();
            rows += more;
        } while (more > 0);
        return rows;
    }

    private static KandjiClient client(SimulatedTenant tenant, int perSecond) {
        KandjiSettings settings = new KandjiSettings(
                tenant.baseUri(),
                ApiToken.of(tenant.token()),
                KandjiSettings.MAX_PAGE_SIZE,
                perSecond,
                KandjiTimeouts.DEFAULT);
        return new KandjiClient(settings, Clock.systemUTC());
    }
}
