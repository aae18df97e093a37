package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is the work: it checks itself that both writers wrote the same rows. */
class ParquetBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void rowsAndBytesStandBesideThoseOfDuckDb() throws Exception {
        SmallBench bench = new SmallBench(folder, List.of(500));

        List<String> figures = bench.figures(new ParquetBenchmark());

        assertThat(figures)
                .containsExactly(
                        "parquet, 500 devices | rows/s | DuckDB, one thread",
                        "parquet, 500 devices, size | bytes | DuckDB, one thread",
                        "parquet, 500 devices and their assignments, the whole step from PostgreSQL | rows/s"
                                + " | DuckDB, one thread");
        assertThat(bench.left()).containsExactly("report.json", "report.md");
    }
}
