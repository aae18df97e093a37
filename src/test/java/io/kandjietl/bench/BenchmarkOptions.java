package io.kandjietl.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a run of benchmarks is told, by system properties.
 *
 * @param samples how often each thing is measured, {@code bench.samples}: five, of which the median counts
 * @param devices the sizes of fleets, {@code bench.devices}: comma-separated, smallest first
 * @param folder where the report goes, {@code bench.folder}: {@code target/bench}
 * @param jar the packaged program, {@code kandji-etl.jar}
 */
record BenchmarkOptions(int samples, List<Integer> devices, Path folder, Path jar) {

    BenchmarkOptions {
        if (samples < 1) {
            throw new IllegalArgumentException("bench.samples is " + samples + ": set it to 1 or more");
        }
        if (devices.isEmpty() || devices.getFirst() < 1) {
            throw new IllegalArgumentException(
                    "bench.devices is " + devices + ": set it to sizes such as 10000,100000");
        }
        devices = List.copyOf(devices);
    }

    /** Reads the system properties. */
    static BenchmarkOptions ofSystemProperties() {
        Path jar = Path.of(System.getProperty("kandji-etl.jar", "target/kandji-etl.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalArgumentException("There is no " + jar + ": run mvn package -DskipTests");
        }
        return new BenchmarkOptions(
                Integer.getInteger("bench.samples", 5),
                Arrays.stream(System.getProperty("bench.devices", "10000,100000,1000000")
                                .split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                Path.of(System.getProperty("bench.folder", "target/bench")),
                jar);
    }

    /** The sizes up to a limit, for what makes no sense beyond it. */
    List<Integer> devicesUpTo(int most) {
        return devices.stream().filter(size -> size <= most).toList();
    }
}
