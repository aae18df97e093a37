package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A slot of a fleet that lives costs what the policy says. */
@Timeout(180)
class SlotBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void aSteadySlotStandsBesideTheFirstLoad() throws Exception {
        String table = new SmallBench(folder, List.of(500)).table(new SlotBenchmark());

        assertThat(table)
                .contains(
                        "| steady slot, 500 devices: requests |",
                        "| steady slot, 500 devices: received |",
                        "| steady slot, 500 devices: rows written |",
                        "| steady slot, 500 devices: new periods |",
                        "| steady slot, 500 devices: write-ahead log |",
                        "| steady slot, 500 devices: tables and indexes |",
                        "| steady slot, 500 devices: time |",
                        "| the first load | 503 |");
    }

    @Test
    void wantedAsDocumentedOfAHundredThousandDevices() {
        SteadyPolicy policy = new SteadyPolicy(100_000);

        // 9,301 in src/docs/details-freshness.md, of another lot.
        assertThat(policy.wanted(1)).isBetween(9_000, 9_600);
    }
}
