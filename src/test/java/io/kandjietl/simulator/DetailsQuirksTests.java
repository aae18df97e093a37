package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the details of five thousand devices show every variant that is known. */
class DetailsQuirksTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final SimulatedFleet FLEET =
            SimulatedFleet.builder().size(5_000).otherPlatforms().build();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<Answered> ANSWERS =
            FLEET.devices(NOW).map(DetailsQuirksTests::answered).toList();

    @Test
    void answersHaveThreeToFifteenKilobytes() {
        assertThat(ANSWERS).allMatch(answer -> answer.bytes < 15_000);
        assertThat(ANSWERS.stream().filter(answer -> answer.bytes >= 3_000).count())
                .isGreaterThan(ANSWERS.size() * 95L / 100);
    }

    @Test
    void macsHaveAnUdidAndOtherAppleDevicesAnUuid() {
        assertThat(of("Mac").stream().filter(has("hardware_overview", "udid")).count())
                .isGreaterThan(of("Mac").size() * 95L / 100);
        assertThat(of("Mac")).noneMatch(has("hardware_overview", "uuid"));
        for (String platform : List.of("iPhone", "iPad", "AppleTV")) {
            assertThat(of(platform)).anyMatch(has("hardware_overview", "uuid"));
            assertThat(of(platform)).noneMatch(has("hardware_overview", "udid"));
        }
        assertThat(of("Windows", "Android")).noneMatch(answer -> answer.json.has("hardware_overview"));
    }

    @Test
    void truthIsAWordInSomeSections() {
        assertThat(of("Mac")).anyMatch(is("mdm", "supervised", "True")).anyMatch(is("mdm", "supervised", "False"));
        assertThat(of("Mac")).anyMatch(is("kandji_agent", "agent_installed", "True"));
        assertThat(of("iPad")).anyMatch(is("kandji_agent", "agent_installed", "False"));
        assertThat(of("Windows"))
                .anyMatch(answer ->
                        answer.json.at("/kandji_agent/is_agent_installed").isBoolean());
        assertThat(ANSWERS).anyMatch(is("hardware_overview", "total_number_of_cores", "No value"));
    }

    @Test
    void fileVaultIsKnownOfMacsAlone() {
        assertThat(of("Mac"))
                .anyMatch(
                        answer -> answer.json.at("/filevault/filevault_enabled").booleanValue(false));
        assertThat(of("Mac"))
                .anyMatch(answer ->
                        !answer.json.at("/filevault/filevault_enabled").booleanValue(true));
        assertThat(of("iPhone"))
                .noneMatch(
                        answer -> answer.json.at("/filevault/filevault_enabled").isBoolean())
                .anyMatch(has("filevault", "filevault_enabled"));
    }

    @Test
    void macsHaveRegularAccountsAndDozensOfSystemAccounts() {
        assertThat(of("Mac").stream().map(answer -> answer.json.path("users")).filter(users -> !users.isEmpty()))
                .allSatisfy(users -> {
                    assertThat(users.path("regular_users").size()).isBetween(1, 3);
                    assertThat(users.path("system_users").size()).isGreaterThan(40);
                })
                .anyMatch(users -> users.path("regular_users").size() == 3)
                .anyMatch(users -> users.at("/regular_users/0/admin").asString().equals("Yes"))
                .anyMatch(users -> users.at("/regular_users/0/admin").asString().equals("No"));
    }

    @Test
    void anySectionMayBeMissingOrEmpty() {
        for (String section : List.of("general", "mdm", "filevault", "kandji_agent", "hardware_overview", "users")) {
            assertThat(of("Mac")).as(section).anyMatch(answer -> !answer.json.has(section));
            assertThat(of("Mac"))
                    .as(section)
                    .anyMatch(answer -> answer.json.path(section).isObject()
                            && answer.json.path(section).isEmpty());
        }
        assertThat(of("Mac")).anyMatch(answer -> !answer.json.has("volumes"));
    }

    @Test
    void listAndDetailsDisagreeOnlyNowAndThen() {
        List<Answered> told =
                ANSWERS.stream().filter(has("general", "blueprint_uuid")).toList();
        long blueprints = told.stream()
                .filter(answer -> !is("general", "blueprint_uuid", answer.device.blueprintId())
                        .test(answer))
                .count();
        long users = told.stream()
                .filter(answer -> answer.device.user() != null)
                .filter(answer -> !Objects.requireNonNull(answer.device.user())
                        .id()
                        .equals(answer.json.at("/general/assigned_user/id").asString("")))
                .count();
        assertThat(blueprints).isBetween(5L, 60L);
        assertThat(users).isBetween(5L, 60L);
    }

    @Test
    void nobodyIsABlankOrANull() {
        assertThat(ANSWERS)
                .anyMatch(answer -> answer.json.at("/general/assigned_user").isNull())
                .anyMatch(answer -> answer.json.at("/general/assigned_user").isString());
    }

    private static List<Answered> of(String... platforms) {
        return ANSWERS.stream()
                .filter(answer -> Arrays.asList(platforms).contains(answer.device.platform()))
                .toList();
    }

    private static Predicate<Answered> has(String section, String field) {
        return answer -> answer.json.path(section).has(field);
    }

    private static Predicate<Answered> is(String section, String field, String value) {
        return answer -> answer.json.path(section).path(field).asString("").equals(value);
    }

    private static Answered answered(SimulatedDevice device) {
        byte[] body = FLEET.details(NOW, device.deviceId()).orElseThrow();
        return new Answered(device, MAPPER.readTree(body), body.length);
    }

    private record Answered(SimulatedDevice device, JsonNode json, int bytes) {}
}
