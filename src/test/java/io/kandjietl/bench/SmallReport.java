package io.kandjietl.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Runs a benchmark once, small, for what its table holds. */
final class SmallReport {

    private final BenchmarkOptions options;

    /** Sizes are those of the fleets. */
    SmallReport(Path folder, Integer... devices) {
        this.options = new BenchmarkOptions(
                1, List.of(devices), folder, Path.of(System.getProperty("kandji-etl.jar", "target/kandji-etl.jar")));
    }

    /** Its table, as Markdown. */
    String of(Benchmark benchmark) throws Exception {
        BenchmarkReport report = new BenchmarkReport(options.folder(), "this machine", Clock.systemUTC());
        report.begin(benchmark.name());
        benchmark.run(options, report);
        return report.markdown();
    }
}
