package io.kandjietl.bench;

import io.kandjietl.support.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs the benchmarks that its arguments name, or all, and prints the table. Nothing else may run beside it: what is compared
 * shares the machine's cores.
 */
public final class BenchmarkMain {

    /** In the order of the table. */
    private static final List<Benchmark> ALL = List.of(
            new StagingBenchmark(),
            new PublicationBenchmark(),
            new ParquetBenchmark(),
            new ListingBenchmark(),
            new DetailsBenchmark(),
            new JobBenchmark(),
            new StartBenchmark(),
            new SlotBenchmark());

    private BenchmarkMain() {}

    /** Takes the benchmarks' names; {@link BenchmarkOptions} reads the system properties. */
    public static void main(String[] names) throws Exception {
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        List<String> unknown =
                Stream.of(names).filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            System.err.println(
                    "No benchmark is called " + String.join(", ", unknown) + "; there are " + String.join(", ", known));
            System.exit(64);
        }
        BenchmarkOptions options = BenchmarkOptions.ofSystemProperties();
        BenchmarkReport report = new BenchmarkReport(options.folder(), machine(options), Clock.systemUTC());
        List<String> failed = new ArrayList<>();
        for (Benchmark benchmark : ALL) {
            if (names.length == 0 || List.of(names).contains(benchmark.name())) {
                System.err.println("Measuring " + benchmark.name());
                report.begin(benchmark.name());
                try {
                    benchmark.run(options, report);
                } catch (Exception e) {
                    // The others' figures are worth hours.
                    System.err.println(benchmark.name() + " ended");
                    e.printStackTrace();
                    failed.add(benchmark.name());
                }
            }
        }
        ImageProgram.removeFrom(options);
        System.out.println(report.table());
        System.out.println(report.missed() + " of these are not what they are to be. Written to "
                + options.folder().resolve("report.md") + " and report.json beside it");
        if (!failed.isEmpty()) {
            System.err.println("Not measured to the end: " + String.join(", ", failed));
            System.exit(1);
        }
    }

    /** What the figures were measured on, and of which program: those of another stand in no table with them. */
    private static String machine(BenchmarkOptions options) throws IOException {
        String postgres = JdbcClient.create(TestDatabase.empty().dataSource())
                .sql("select split_part(version(), ' ', 2)")
                .query(String.class)
                .single();
        return Runtime.getRuntime().availableProcessors() + " cores" + processor() + ", " + memory()
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", JDK "
                + Runtime.version() + ", PostgreSQL " + postgres
                + " without fsync and without waiting for commits, as the tests have it, client and server on the same cores; program "
                + ImageProgram.fingerprint(options.jar()) + ", measured with "
                + ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("-X"))
                        .collect(Collectors.joining(" "));
    }

    private static String processor() throws IOException {
        return lines("/proc/cpuinfo", "model name")
                .map(name -> " of " + name)
                .findFirst()
                .orElse("");
    }

    private static String memory() throws IOException {
        return lines("/proc/meminfo", "MemTotal")
                .map(text -> Math.round(Long.parseLong(text.replaceAll("\\D", "")) / 1_048_576.0) + " GiB, ")
                .findFirst()
                .orElse("");
    }

    /** What stands behind a name in one of Linux' files; elsewhere nothing. */
    private static Stream<String> lines(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return Stream.empty();
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }
}
