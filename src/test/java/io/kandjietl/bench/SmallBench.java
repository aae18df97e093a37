package io.kandjietl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a benchmark with one sample of small fleets, for a test of what it measures, not of how long it takes.
 *
 * @param folder where the report goes
 * @param devices the sizes
 */
record SmallBench(Path folder, List<Integer> devices) {

    /** Its table, as Markdown. */
    String table(Benchmark benchmark) throws Exception {
        BenchmarkReport report = new BenchmarkReport(folder, "some machine", Clock.systemUTC());
        Path jar = Path.of(System.getProperty("kandji-etl.jar", "target/kandji-etl.jar"));
        report.begin(benchmark.name());
        benchmark.run(new BenchmarkOptions(1, devices, folder, jar), report);
        return report.markdown();
    }

    /** Each figure: subject, unit and baseline. */
    List<String> figures(Benchmark benchmark) throws Exception {
        table(benchmark);
        return JsonMapper.shared()
                .readValue(folder.resolve("report.json").toFile(), BenchmarkReport.Content.class)
                .benchmarks()
                .getOrDefault(benchmark.name(), List.of())
                .stream()
                .map(row -> row.subject() + " | " + row.unit() + " | " + row.baseline())
                .toList();
    }

    /** The names of what is in the folder. */
    List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
