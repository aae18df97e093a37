package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The baseline grows with the requests that run side by side until the rate bounds it. */
@Timeout(120)
class DetailsBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void eachConcurrencyHasItsRow() throws Exception {
        SmallBench small = new SmallBench(folder, List.of(700));

        String table = small.table(new DetailsBenchmark(List.of(2, 32), Duration.ofSeconds(1)));

        assertThat(table)
                .containsPattern("details, answers in 300 ms, 2 side by side .* 6\\.67 .*≥ 0\\.950")
                .containsPattern("details, answers in 300 ms, 32 side by side .* 20\\.0 .*≥ 0\\.950");
    }
}
