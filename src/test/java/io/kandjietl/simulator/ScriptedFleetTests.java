package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScriptedFleetTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final ScriptedFleet fleet =
            ScriptedFleet.of(ScriptedFleet.row("a"), ScriptedFleet.row("b"), ScriptedFleet.row("c"));

    @Test
    void rowsAreSentAsTheyWereWritten() {
        ScriptedFleet odd = ScriptedFleet.of("{ \"device_id\" : \"x\", \"n\": 1.50e3 }", "null", "oops");
        assertThat(new String(odd.page(NOW, 0, 300, true), StandardCharsets.UTF_8))
                .isEqualTo("[{ \"device_id\" : \"x\", \"n\": 1.50e3 },null,oops]");
        assertThat(new String(odd.page(NOW, 1, 1, true), StandardCharsets.UTF_8))
                .isEqualTo("[null]");
        assertThat(new String(odd.page(NOW, 9, 1, true), StandardCharsets.UTF_8))
                .isEqualTo("[]");
    }

    @Test
    void withoutOrderingRowsComeBackwards() {
        assertThat(ids(false)).containsExactly("c", "b", "a");
    }

    @Test
    void rowsAreInsertedReplacedChangedAndRemoved() {
        fleet.insert(1, ScriptedFleet.row("a2"));
        fleet.replace("b", ScriptedFleet.row("b2"));
        fleet.change("c", row -> row.set("user", ScriptedFleet.user("7", "ada@example.com", "Ada Blom")));
        fleet.remove("A");
        fleet.append(ScriptedFleet.row("d"));
        assertThat(ids(true)).containsExactly("a2", "b2", "c", "d");
        assertThat(fleet.size(NOW)).isEqualTo(4);
        assertThat(page(true).get(2).at("/user/email").asString()).isEqualTo("ada@example.com");
    }

    @Test
    void removedDeviceHasNoDetailsButAnUnlistedOneGoesOnHavingThem() {
        fleet.remove("a");
        fleet.unlist("b");
        fleet.details("z", "{}");
        assertThat(ids(true)).containsExactly("c");
        assertThat(fleet.details(NOW, "a")).isEmpty();
        assertThat(fleet.details(NOW, "b")).isPresent();
        assertThat(fleet.details(NOW, "C")).isPresent();
        assertThat(fleet.details(NOW, "z")).contains("{}".getBytes(StandardCharsets.UTF_8));
        fleet.clear();
        assertThat(fleet.details(NOW, "b")).isEmpty();
        assertThat(ids(true)).isEmpty();
    }

    @Test
    void plainDetailsTellWhatTheRowTells() {
        JsonNode details = new JsonMapper().readTree(fleet.details(NOW, "a").orElseThrow());
        assertThat(details.at("/general/blueprint_uuid").asString()).isEqualTo("6f1d1a52-63cf-4dc8-9a3e-3c9c1a0a7d11");
        assertThat(details.at("/hardware_overview/udid").asString()).isEqualTo("UDID-a");
    }

    @Test
    void changingAnUnknownDeviceIsAMistakeOfTheTest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet.remove("q"))
                .withMessage("The scripted fleet lists no device q");
    }

    private List<JsonNode> page(boolean ordered) {
        return new JsonMapper()
                .readTree(fleet.page(NOW, 0, 300, ordered))
                .valueStream()
                .toList();
    }

    private List<String> ids(boolean ordered) {
        return page(ordered).stream()
                .map(row -> row.path("device_id").asString())
                .toList();
    }
}
