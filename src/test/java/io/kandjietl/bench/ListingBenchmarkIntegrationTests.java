package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages that take time stand beside that time, and others beside a loop. */
@Timeout(60)
class ListingBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void eachAnswerTimeHasItsRow() throws Exception {
        SmallBench small = new SmallBench(folder, List.of(700));

        String table = small.table(new ListingBenchmark(List.of(Duration.ZERO, Duration.ofMillis(300))));

        assertThat(table)
                .contains("| listing, 700 devices, answers in 0 ms |", "| the client in a loop |")
                .contains(
                        "| listing, 700 devices, answers in 300 ms |",
                        "| min(rate, 1 ÷ answer time) | 3.33 |",
                        "≥ 1.80");
    }
}
