package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That ten thousand devices show every variant that a row of the list is known to have. */
class ListRowQuirksTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<JsonNode> ROWS = rows(SimulatedFleet.builder().size(10_000));
    private static final List<JsonNode> MIXED_ROWS =
            rows(SimulatedFleet.builder().size(10_000).otherPlatforms());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z",
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00",
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00",
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\+00:00",
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000"
            })
    void everySpellingOfADateIsThere(String spelling) {
        Pattern pattern = Pattern.compile(spelling);
        for (String field : List.of("last_check_in", "first_enrollment", "last_enrollment")) {
            assertThat(share(row -> pattern.matcher(row.path(field).asString()).matches()))
                    .as(field)
                    .isBetween(0.03, 0.65);
        }
    }

    @Test
    void datesAreBlankNowAndThen() {
        assertThat(share(row -> isBlank(row, "last_check_in"))).isBetween(0.002, 0.01);
        assertThat(share(row -> isBlank(row, "last_enrollment"))).isBetween(0.005, 0.02);
    }

    @Test
    void nobodyIsSpelledInThreeWays() {
        assertThat(share(row -> isBlank(row, "user"))).isBetween(0.04, 0.12);
        assertThat(share(row -> row.path("user").isNull())).isBetween(0.003, 0.03);
        assertThat(share(row -> !row.has("user"))).isBetween(0.003, 0.03);
    }

    @Test
    void usersHaveIdsAndEmailsOfAllKinds() {
        assertThat(share(row -> row.path("user").path("id").isIntegralNumber())).isBetween(0.02, 0.1);
        assertThat(share(row -> row.path("user").path("id").isString())).isBetween(0.7, 0.95);
        assertThat(share(row -> row.path("user").path("email").isNull())).isBetween(0.005, 0.03);
        assertThat(share(row -> row.path("user").path("email").asString("").endsWith("@Example.com")))
                .isBetween(0.02, 0.08);
        assertThat(share(row -> row.path("user").path("is_archived").booleanValue(false)))
                .isBetween(0.1, 0.3);
    }

    @Test
    void idsAreUpperCaseNowAndThen() {
        assertThat(share(row -> row.path("device_id").asString("").matches("[0-9A-F-]{36}")))
                .isBetween(0.001, 0.01);
    }

    @Test
    void olderRowsLackTheNewerFields() {
        for (String field :
                List.of("tags", "lost_mode_status", "supplemental_build_version", "supplemental_os_version_extra")) {
            assertThat(share(row -> !row.has(field))).as(field).isBetween(0.02, 0.04);
        }
        assertThat(share(row ->
                        row.path("supplemental_os_version_extra").asString("").equals("(a)")))
                .isBetween(0.005, 0.2);
        assertThat(share(row -> row.path("lost_mode_status").asString("").equals("ENABLED")))
                .isBetween(0.0005, 0.01);
    }

    @Test
    void namesSerialsAndTagsAreAsPeopleLeaveThem() {
        assertThat(share(row -> row.path("device_name").asString().contains("’")))
                .isBetween(0.5, 0.7);
        assertThat(share(row -> row.path("device_name").asString().contains("“")))
                .isBetween(0.03, 0.08);
        assertThat(share(row -> isBlank(row, "serial_number"))).isBetween(0.005, 0.02);
        assertThat(share(row -> row.path("serial_number").asString().startsWith("SHARED")))
                .isBetween(0.003, 0.01);
        assertThat(share(row -> row.path("asset_tag").isNull())).isBetween(0.01, 0.04);
        assertThat(share(row -> row.path("tags").size() > 1)).isBetween(0.1, 0.5);
    }

    @Test
    void everyApplePlatformAndAnUnknownOneAreThere() {
        assertThat(platforms(ROWS)).containsOnlyKeys("Mac", "iPhone", "iPad", "AppleTV", "Vision");
        assertThat(platforms(ROWS).get("Mac")).isBetween(5_800L, 6_600L);
        assertThat(ROWS).noneMatch(row -> row.has("api_level"));
    }

    @Test
    void managedWindowsAndAndroidAddThreeFieldsToEveryRow() {
        assertThat(platforms(MIXED_ROWS))
                .containsOnlyKeys("Mac", "iPhone", "iPad", "AppleTV", "Vision", "Windows", "Android");
        for (String field : List.of("api_level", "security_patch_level", "full_software_version")) {
            assertThat(MIXED_ROWS).as(field).allMatch(row -> row.has(field));
            assertThat(MIXED_ROWS).as(field).anyMatch(row -> !isBlank(row, field));
        }
    }

    @Test
    void statesAndUnknownFieldsAreThere() {
        assertThat(share(row -> row.path("is_missing").booleanValue(false))).isBetween(0.01, 0.05);
        assertThat(share(row -> row.path("is_removed").booleanValue(false))).isBetween(0.005, 0.03);
        assertThat(share(row -> !row.path("mdm_enabled").booleanValue(true))).isBetween(0.01, 0.05);
        assertThat(share(row -> row.has("declarative_management"))).isBetween(0.002, 0.01);
    }

    @Test
    void everyKindOfBadRecordIsThere() {
        assertThat(share(row -> row.path("user").isNumber())).isBetween(0.0005, 0.002);
        assertThat(share(row -> row.path("user").asString("").contains("@"))).isBetween(0.0005, 0.002);
        assertThat(share(row -> row.path("last_enrollment").asString().equals("yesterday")))
                .isBetween(0.0005, 0.002);
        assertThat(share(row -> row.path("mdm_enabled").isString())).isBetween(0.0005, 0.002);
        assertThat(share(row -> !row.has("device_id"))).isBetween(0.0005, 0.002);
    }

    @Test
    void rowsHaveNoOtherFields() {
        Set<String> fields =
                MIXED_ROWS.stream().flatMap(row -> row.propertyNames().stream()).collect(Collectors.toSet());
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "device_id",
                        "device_name",
                        "model",
                        "serial_number",
                        "platform",
                        "os_version",
                        "supplemental_build_version",
                        "supplemental_os_version_extra",
                        "last_check_in",
                        "user",
                        "asset_tag",
                        "blueprint_id",
                        "blueprint_name",
                        "mdm_enabled",
                        "agent_installed",
                        "is_missing",
                        "is_removed",
                        "agent_version",
                        "first_enrollment",
                        "last_enrollment",
                        "lost_mode_status",
                        "tags",
                        "api_level",
                        "security_patch_level",
                        "full_software_version",
                        "declarative_management");
    }

    private static double share(Predicate<JsonNode> quirk) {
        return ROWS.stream().filter(quirk).count() / (double) ROWS.size();
    }

    private static boolean isBlank(JsonNode row, String field) {
        return row.path(field).isString() && row.path(field).asString().isEmpty();
    }

    private static Map<String, Long> platforms(List<JsonNode> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.path("platform").asString(), Collectors.counting()));
    }

    private static List<JsonNode> rows(SimulatedFleet.Builder fleet) {
        return new JsonMapper()
                .readTree(fleet.build().page(NOW, 0, 20_000, true))
                .valueStream()
                .toList();
    }
}
