package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * Parquet: the devices' file as the job writes it, from records in memory to its name in a folder; beside it DuckDB's own
 * writer with the same rows, from a table in its memory. Then what the job's whole step does, both files from PostgreSQL and
 * the manifest, beside DuckDB's files of the same rows, which are in its memory all the same.
 *
 * <p>The rows are those of a {@link SteadyFleet} after its first slot.
 */
final class ParquetBenchmark implements Benchmark {

    private static final String DUCK_DB = "DuckDB, one thread";
    private static final String DEVICES = "devices";
    private static final String ASSIGNMENTS = "assignments";

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        for (int devices : options.devices()) {
            Path folder = Files.createTempDirectory(Files.createDirectories(options.folder()), "lake")
                    .toAbsolutePath();
            try (SteadyFleet fleet = new SteadyFleet(devices);
                    DuckDbBaseline duckDb = new DuckDbBaseline(folder)) {
                fleet.publish(fleet.first());
                fleet.settle();
                LakeWriting lake = new LakeWriting(fleet.warehouse().pool(), folder);
                LakeWriting.Files files = lake.both();
                duckDb.take(DEVICES, folder.resolve(files.devices().path()));
                duckDb.take(ASSIGNMENTS, folder.resolve(files.assignments().path()));
                check(files, duckDb, devices);
                measure(lake, duckDb, files, options.samples(), report);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private static void check(LakeWriting.Files files, DuckDbBaseline duckDb, int devices) throws Exception {
        if (files.devices().rows() != devices || duckDb.rows() != files.rows()) {
            throw new IllegalStateException(
                    "Of " + devices + " devices there are " + files + "; DuckDB reads " + duckDb.rows() + " rows");
        }
    }

    private static void measure(
            LakeWriting lake, DuckDbBaseline duckDb, LakeWriting.Files files, int samples, BenchmarkReport report)
            throws Exception {
        long devices = files.devices().rows();
        String subject = String.format(Locale.ROOT, "parquet, %,d devices", devices);
        InTurn writing = InTurn.of(samples, () -> devices / again(lake, files), () -> devices / duckDb.write(DEVICES));
        report.add(
                new Figure(subject, "rows/s", writing.measured(), DUCK_DB, writing.reference(), Target.atLeast(0.7)));
        report.add(new Figure(
                subject + ", size",
                "bytes",
                new Samples(files.devices().bytes()),
                DUCK_DB,
                new Samples(duckDb.bytes(DEVICES)),
                Target.atMost(1.05)));

        InTurn step = InTurn.of(
                samples,
                () -> files.rows() / InTurn.seconds(lake::both),
                () -> files.rows() / (duckDb.write(DEVICES) + duckDb.write(ASSIGNMENTS)));
        duckDb.checkSame(DEVICES);
        duckDb.checkSame(ASSIGNMENTS);
        report.add(new Figure(
                subject + " and their assignments, the whole step from PostgreSQL",
                "rows/s",
                step.measured(),
                DUCK_DB,
                step.reference(),
                null));
    }

    /** Writes the devices' file again; the same rows give the same bytes. */
    private static double again(LakeWriting lake, LakeWriting.Files files) {
        LakeWriting.Timed again = lake.devices();
        if (!again.file().equals(files.devices())) {
            throw new IllegalStateException("The file is not the same again: " + again.file() + ", " + files.devices());
        }
        return again.seconds();
    }
}
