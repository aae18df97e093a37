package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.bench.Figure.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table says what was measured, beside what, and whether that is what was wanted. */
class BenchmarkReportTests {

    private static final Clock SUNDAY = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private static Figure figure(String subject, double... measured) {
        return new Figure(
                subject, "rows/s", new Samples(measured), "COPY", new Samples(100, 120, 110), Target.atLeast(1.5));
    }

    private BenchmarkReport report() throws Exception {
        return new BenchmarkReport(folder, "2 cores", SUNDAY);
    }

    @Test
    void theMedianCountsAndItsBaselineStandsBesideIt() throws Exception {
        BenchmarkReport report = report();
        report.begin("staging");
        report.add(figure("staging, 10 devices", 300, 200, 9_000));
        report.add(figure("staging, 20 devices", 110));

        assertThat(Files.readString(folder.resolve("report.md")))
                .startsWith("2 cores\n")
                .contains("| staging, 10 devices | 300 (200 to 9,000) | rows/s | COPY | 110 (100 to 120) | 2.73 |"
                        + " ≥ 1.50: reached | 3 | 2026-11-29 |")
                .contains("| staging, 20 devices | 110 | rows/s | COPY | 110 (100 to 120) | 1.00 | ≥ 1.50: missed |");
        assertThat(report.table()).contains("staging, 10 devices", "2.73");
        assertThat(report.missed()).isEqualTo(1);
    }

    @Test
    void aBenchmarkThatRunsAgainReplacesItsOwnFigures() throws Exception {
        BenchmarkReport first = report();
        first.begin("staging");
        first.add(figure("staging", 1));
        first.begin("parquet");
        first.add(figure("parquet", 2));

        BenchmarkReport second = report();
        second.begin("staging");
        assertThat(second.markdown()).as("until it has one").contains("| staging |");
        second.add(figure("staging anew", 3));

        assertThat(second.markdown())
                .contains("| parquet | 2.00 |", "| staging anew | 3.00 |")
                .doesNotContain("| staging |");
    }

    @Test
    void figuresOfAnotherMachineGo() throws Exception {
        BenchmarkReport here = report();
        here.begin("staging");
        here.add(figure("staging", 1));

        assertThat(new BenchmarkReport(folder, "96 cores", SUNDAY).markdown()).doesNotContain("staging");
    }

    @Test
    void anEvenNumberOfSamplesHasItsMedianBetweenTwo() {
        assertThat(new Samples(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Target.atMost(0.6).reachedBy(0.6)).isTrue();
        assertThat(Target.atMost(0.6).reachedBy(0.61)).isFalse();
    }
}
