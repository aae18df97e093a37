package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a process logs: for people as lines, for a collector as JSON. */
class LogFunctionalTests {

    @TempDir
    private Path folder;

    @Test
    void structuredLinesNameTenantSlotRunAndStep() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(50).build())
                .unlimited()
                .start()) {
            Installation installation =
                    new Installation(folder, tenant).with("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash");
            try (EtlProcess process = installation.start("sync")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
                List<JsonNode> lines =
                        process.err().lines().map(new JsonMapper()::readTree).toList();
                assertThat(lines)
                        .hasSizeGreaterThan(5)
                        .allSatisfy(line ->
                                assertThat(line.path("tenant").asString()).isEqualTo("acme"));
                assertThat(lines.subList(1, lines.size()))
                        .allSatisfy(
                                line -> assertThat(line.path("slot").asString()).isNotBlank());
                Set<String> steps = lines.stream()
                        .filter(line -> line.path("run").asLong() == 1)
                        .map(line -> line.path("step").asString("none"))
                        .collect(Collectors.toSet());
                assertThat(steps).contains("extractDevices", "extractDetails", "publishWarehouse", "publishLake");
            }
            tenant.permitList(false);
            try (EtlProcess process = installation.start("sync", "--again")) {
                assertThat(process.exitCode()).as(process.err()).isEqualTo(77);
                JsonNode last =
                        new JsonMapper().readTree(process.err().lines().toList().getLast());
                assertThat(last.path("run").asLong())
                        .as("what failed can be found by its run")
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void withoutATerminalProgressIsTold() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(300).build())
                .unlimited()
                .start()) {
            Installation installation = new Installation(folder, tenant).with("KANDJI_REQUESTS_PER_SECOND", "60");
            try (EtlProcess process = installation.start("sync")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
                assertThat(process.err())
                        .containsPattern("INFO +extractDevices: [23]\\d\\d rows in ")
                        .containsPattern(
                                "INFO +extractDetails: 1\\d\\d of 2\\d\\d rows in \\ds, \\d+ a second, \\ds left;"
                                        + " 1\\d\\d requests, of 5,000 an hour");
            }
        }
    }
}
