package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks of the packaged program as a process. */
@Timeout(300)
class ProgramBenchmarksFunctionalTests {

    @TempDir
    private static Path folder;

    @Test
    void aSizeStandsBesideTheSmallestAndBelowTheContainersMemory() throws Exception {
        String table = new SmallBench(folder, List.of(300, 600, 900)).table(new JobBenchmark());

        assertThat(table)
                .contains(
                        "| job, list only, 900 devices: time |",
                        "| job, list only, 900 devices: processor time |",
                        "| job, list only, 900 devices: allocated |",
                        "| job, list only, 900 devices: heap that a collection left, most |",
                        "| job, list only, 900 devices: peak memory |",
                        "| job, list only, from 600 to 900 devices: time |",
                        "| from 300 to 600 devices |",
                        "| 300 devices |")
                .containsPattern(
                        "job, list only, 300 devices: peak memory, highest of all samples .* the container's memory \\| 512 .* ≤ 1\\.00: reached");
    }

    @Test
    void aStartStandsBesideOneWithoutTheCacheAndBesideWhatItMayTake() throws Exception {
        String table = new SmallBench(folder, List.of(300)).table(new StartBenchmark());

        assertThat(table)
                .containsPattern("start to first request, over TLS .* without the AOT cache .* ≤ 0\\.600")
                .containsPattern("start to first request, over TLS .* what it may take \\| 2\\.00 .* ≤ 1\\.00");
    }
}
