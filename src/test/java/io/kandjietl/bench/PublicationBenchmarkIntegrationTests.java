package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is the work: it checks itself what each slot changed. */
class PublicationBenchmarkIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void eachKindOfSlotStandsBesideCopyAndTheTablesBesideTheirCompactSelves() throws Exception {
        SmallBench bench = new SmallBench(folder, List.of(300));

        List<String> figures = bench.figures(new PublicationBenchmark(3));

        String bloat = "publication, 300 devices, 3 slots of 2 %, vacuum between for autovacuum: ";
        assertThat(figures)
                .containsExactly(
                        "publication, 300 devices, first load | s | one COPY text",
                        "publication, 300 devices, nothing changed | s | one COPY text",
                        "publication, 300 devices, 2 % changed | s | one COPY text",
                        "publication, 300 devices, all changed | s | one COPY text",
                        bloat + "device, table | bytes | written anew, packed",
                        bloat + "device, indexes | bytes | written anew, packed",
                        bloat + "device_history, table | bytes | written anew, packed",
                        bloat + "device_history, indexes | bytes | written anew, packed",
                        bloat + "device_assignment, table | bytes | written anew, packed",
                        bloat + "device_assignment, indexes | bytes | written anew, packed");
        assertThat(bench.left()).containsExactly("report.json", "report.md");
    }
}
