package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsCommandIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String D2 = "00000000-0000-4000-8000-000000000002";

    private final ScriptedFleet fleet =
            ScriptedFleet.of(ScriptedFleet.row(D1, row -> row.put("user", 7)), ScriptedFleet.row(D2), "17");
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void itListsWhatTheNewestRunRejected() {
        Installation installation = installation();
        installation.run("sync");

        assertThat(installation.run("rejects").out())
                .contains("Rejected in run 1, slot ", ": 2 records", D1, "/user", "/user is a number where a user")
                .doesNotContain(D2);
    }

    @Test
    void itSaysWhatTodaysNormalizerMakesOfThem() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.rejected_record set payload = '{\"device_id\": \"" + D1
                        + "\"}' where device_id is not null")
                .update();

        assertThat(installation.run("rejects", "--try").out())
                .contains("accepted now: the next run takes it", "rejected still: ");
    }

    @Test
    void aDeviceThatALaterRunAcceptedIsMarked() {
        Installation installation = installation();
        installation.run("sync");
        fleet.change(D1, row -> row.put("user", ""));
        installation.run("sync", "--again");

        assertThat(installation.run("rejects", "--run", "1").out())
                .containsPattern(D1 + ".*\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\dZ");
        assertThat(installation.run("rejects", "--run", "99").out()).contains("No record was rejected");
    }

    @Test
    void asJsonItGivesThePayloadsToo() {
        Installation installation = installation();
        installation.run("sync");

        assertThat(installation.run("rejects", "--json").out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"run_id\":1,")
                        .contains("\"device_id\":\"" + D1 + "\"", "\"json_pointer\":\"/user\"", "\\\"user\\\":7"));
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }
}
