package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.StagingWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Staging: the job's own writer, a page of 300 devices with their users in a transaction, behind the check of the lease;
 * beside it COPY of the same rows from text files into tables of the same shape, in one transaction, through the driver and
 * by psql.
 *
 * <p>A row is a row of the listing: a device, with its user where it has one. Up to 100,000 different ones are made before
 * anything is timed; larger fleets write them several times, because staging has no unique key and the heap a bound. What
 * Spring Batch itself writes at a commit is not part of it.
 */
final class StagingBenchmark implements Benchmark {

    private static final int MOST_IN_MEMORY = 100_000;
    private static final String TABLES = "kandji.staged_device, kandji.staged_assignment";

    @Override
    public String name() {
        return "staging";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        for (int devices : options.devices()) {
            try (BenchWarehouse warehouse = new BenchWarehouse();
                    CopyBaseline baseline = new CopyBaseline(warehouse, options.folder())) {
                List<Chunk<NormalizedRecord>> pages = pages(devices);
                Run run = warehouse.begin(1);
                InTurn.Measure staging = () -> devices / stage(warehouse, run, pages, devices);
                staging.sample();
                baseline.take("staged_device", "true");
                baseline.take("staged_assignment", "true");
                String subject = String.format(Locale.ROOT, "staging, %,d devices, the writer alone", devices);

                InTurn copy = InTurn.of(options.samples(), staging, () -> devices / baseline.throughDriver());
                baseline.checkSame();
                report.add(figure(subject, copy, "COPY text through the driver", Target.atLeast(1.5)));

                if (CopyBaseline.hasPsql()) {
                    InTurn psql = InTurn.of(options.samples(), staging, () -> devices / baseline.byPsql());
                    report.add(figure(subject, psql, "psql \\copy text", null));
                }
            }
        }
    }

    private static Figure figure(String subject, InTurn times, String baseline, @Nullable Target target) {
        return new Figure(subject, "rows/s", times.measured(), baseline, times.reference(), target);
    }

    private static List<Chunk<NormalizedRecord>> pages(int devices) {
        List<Chunk<NormalizedRecord>> pages = new ArrayList<>();
        SimulatedListing.forEachPage(Math.min(devices, MOST_IN_MEMORY), pages::add);
        return pages;
    }

    private static double stage(BenchWarehouse warehouse, Run run, List<Chunk<NormalizedRecord>> pages, int devices)
            throws Exception {
        warehouse.empty(TABLES);
        StagingWriter writer = warehouse.stagingWriter(run);
        double seconds = InTurn.seconds(() -> {
            int written = 0;
            while (written < devices) {
                for (Chunk<NormalizedRecord> page : pages) {
                    Chunk<NormalizedRecord> chunk = first(page, devices - written);
                    if (chunk.isEmpty()) {
                        break;
                    }
                    warehouse.write(writer, chunk);
                    written += chunk.size();
                }
            }
        });
        long staged = warehouse.count("select count(*) from kandji.staged_device");
        if (staged != devices) {
            throw new IllegalStateException("Of " + devices + " rows " + staged + " were staged");
        }
        return seconds;
    }

    private static Chunk<NormalizedRecord> first(Chunk<NormalizedRecord> page, int most) {
        return page.size() <= most ? page : new Chunk<>(page.getItems().subList(0, Math.max(0, most)));
    }
}
