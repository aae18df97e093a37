package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is the work: it checks itself what was staged and copied. */
class StagingBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void stagingStandsBesideCopyAtEachSize() throws Exception {
        SmallBench bench = new SmallBench(folder, List.of(200, 700));

        List<String> figures = bench.figures(new StagingBenchmark());

        assertThat(figures)
                .contains(
                        "staging, 200 devices, the writer alone | rows/s | COPY text through the driver",
                        "staging, 700 devices, the writer alone | rows/s | COPY text through the driver");
        assertThat(figures).hasSize(CopyBaseline.hasPsql() ? 4 : 2);
        assertThat(bench.left()).containsExactly("report.json", "report.md");
    }
}
