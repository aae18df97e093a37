package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publication: the merge of a staged slot into the warehouse, commit included, of a {@link SteadyFleet}; beside it one COPY
 * of the rows that it leaves in {@code device} and of the open ones in {@code device_assignment}, from text files through
 * the driver into empty tables with the same keys, indexes and checks. Rounds of a first load, a slot without a change, one
 * with 2 % changed, one with all changed, and the COPY; each round begins with an empty warehouse, and the first counts not.
 *
 * <p>Beside these, for up to 100,000 devices, how large 50 slots make the tables: {@link PublishedBloat}.
 */
final class PublicationBenchmark implements Benchmark {

    /** What a slot brings, in the order of a round. */
    private enum Kind {
        FIRST_LOAD("first load", 0, null),
        UNCHANGED("nothing changed", 0, Target.atMost(3)),
        FEW_CHANGED("2 % changed", 50, Target.atMost(3)),
        ALL_CHANGED("all changed", 1, Target.atMost(6));

        private final String text;
        private final int every;
        private final @Nullable Target target;

        Kind(String text, int every, @Nullable Target target) {
            this.text = text;
            this.every = every;
            this.target = target;
        }
    }

    private static final int MOST_OF_BLOAT = 100_000;

    private final int slots;

    PublicationBenchmark() {
        this(50);
    }

    /** With another number of slots before the tables' sizes are looked at. */
    PublicationBenchmark(int slots) {
        this.slots = slots;
    }

    @Override
    public String name() {
        return "publication";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        for (int devices : options.devices()) {
            try (SteadyFleet fleet = new SteadyFleet(devices);
                    CopyBaseline baseline = new CopyBaseline(fleet.warehouse(), options.folder())) {
                rounds(fleet, baseline, devices, options.samples(), report);
            }
        }
        List<Integer> sizes = options.devicesUpTo(MOST_OF_BLOAT);
        if (!sizes.isEmpty()) {
            PublishedBloat.measure(sizes.getLast(), slots, report);
        }
    }

    private static void rounds(
            SteadyFleet fleet, CopyBaseline baseline, int devices, int samples, BenchmarkReport report)
            throws Exception {
        publish(fleet);
        baseline.take("device", "true");
        baseline.take("device_assignment", "valid_to is null");
        baseline.throughDriver();
        baseline.checkSame();
        List<Map<Kind, Double>> rounds = new ArrayList<>();
        double[] copies = new double[samples];
        for (int i = 0; i < samples; i++) {
            rounds.add(publish(fleet));
            copies[i] = baseline.throughDriver();
        }
        for (Kind kind : Kind.values()) {
            String subject = String.format(Locale.ROOT, "publication, %,d devices, %s", devices, kind.text);
            Samples seconds = new Samples(rounds.stream()
                    .mapToDouble(round -> round.getOrDefault(kind, Double.NaN))
                    .toArray());
            report.add(new Figure(subject, "s", seconds, "one COPY text", new Samples(copies), kind.target));
        }
    }

    private static Map<Kind, Double> publish(SteadyFleet fleet) throws Exception {
        Map<Kind, Double> seconds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            SteadyFleet.Slot staged = kind == Kind.FIRST_LOAD ? fleet.first() : fleet.next(kind.every);
            fleet.settle();
            seconds.put(kind, fleet.publish(staged));
        }
        return seconds;
    }
}
