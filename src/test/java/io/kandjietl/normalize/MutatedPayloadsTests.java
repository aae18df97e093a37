package io.kandjietl.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.Device;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.kandji.ListedDevice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * 100,000 mutated payloads: no exception escapes, each is loaded or quarantined with a reason, and none is loaded with a
 * value that does not stand in the very field that the column is of.
 */
class MutatedPayloadsTests {

    private static final int ROWS = 70_000;
    private static final int DETAILS = 30_000;

    private static final String ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";
    private static final Instant AT = Instant.parse("2026-11-23T12:00:07.123456Z");

    private static final Pattern DATE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{0,9}))? ?(Z|[+-]\\d\\d:?\\d\\d)");

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static final int MOST_SHOWN = 4_000;

    private static final Set<String> WITH_COLUMN = Set.of(
            "device_id",
            "device_name",
            "serial_number",
            "platform",
            "model",
            "os_version",
            "supplemental_build_version",
            "supplemental_os_version_extra",
            "asset_tag",
            "blueprint_id",
            "blueprint_name",
            "agent_version",
            "lost_mode_status",
            "mdm_enabled",
            "agent_installed",
            "is_missing",
            "is_removed",
            "first_enrollment",
            "last_enrollment",
            "last_check_in",
            "tags",
            "user");

    private static final Set<String> WITH_COLUMN_OF_USER = Set.of("id", "email", "name", "is_archived");

    private final DeviceProcessor processor = new DeviceProcessor();
    private int accepted;

    @Test
    void everyRowIsLoadedAsItIsOrQuarantined() {
        MutatedPayloads.forSeeds(ROWS, seed -> {
            JsonNode row = MutatedPayloads.row(seed);
            showing(row, () -> {
                switch (processor.process(new ListedDevice(seed, seed, row))) {
                    case AcceptedDevice device -> {
                        accepted++;
                        assertStandsIn(row, device);
                    }
                    case RejectedRecord rejected -> assertRejected(row, rejected);
                }
            });
        });
        // Both verdicts must have been given often, or the mutations test nothing.
        assertThat(accepted).isBetween(ROWS / 20, ROWS - ROWS / 20);
    }

    @Test
    void everyAnswerIsLoadedAsItIsOrQuarantined() {
        MutatedPayloads.forSeeds(DETAILS, seed -> {
            JsonNode answer = MutatedPayloads.details(seed);
            showing(answer, () -> {
                switch (DetailsProcessor.normalize(seed, ID, AT, answer)) {
                    case DetailsOfDevice details -> {
                        accepted++;
                        assertStandsIn(answer, details);
                    }
                    case RejectedRecord rejected -> assertRejected(answer, rejected);
                }
            });
        });
        assertThat(accepted).isBetween(DETAILS / 20, DETAILS - DETAILS / 20);
    }

    private static void showing(JsonNode payload, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | AssertionError e) {
            String text = payload.toString();
            throw new AssertionError(
                    e.getMessage() + "\nPayload: " + text.substring(0, Math.min(text.length(), MOST_SHOWN)), e);
        }
    }

    private static void assertStandsIn(JsonNode row, AcceptedDevice accepted) {
        Device device = accepted.device();
        assertThat(device.deviceId()).isEqualTo(lower(row.path("device_id"))).matches("[0-9a-z][0-9a-z._-]{0,63}");
        assertText(row.path("device_name"), device.deviceName());
        assertText(row.path("serial_number"), device.serialNumber());
        assertText(row.path("platform"), device.platform());
        assertText(row.path("model"), device.model());
        assertText(row.path("os_version"), device.osVersion());
        assertText(row.path("supplemental_build_version"), device.osBuild());
        assertText(row.path("supplemental_os_version_extra"), device.osVersionExtra());
        assertText(row.path("asset_tag"), device.assetTag());
        assertThat(device.blueprintId()).isEqualTo(lower(row.path("blueprint_id")));
        assertText(row.path("blueprint_name"), device.blueprintName());
        assertText(row.path("agent_version"), device.agentVersion());
        assertText(row.path("lost_mode_status"), device.lostModeStatus());
        assertFlag(row.path("mdm_enabled"), device.mdmEnabled());
        assertFlag(row.path("agent_installed"), device.agentInstalled());
        assertFlag(row.path("is_missing"), device.isMissing());
        assertFlag(row.path("is_removed"), device.isRemoved());
        assertDate(row.path("first_enrollment"), device.firstEnrolledAt());
        assertDate(row.path("last_enrollment"), device.lastEnrolledAt());
        assertDate(row.path("last_check_in"), device.lastCheckIn());
        assertTags(row.path("tags"), device.tags());
        assertExtra(row, device.extra());
        assertUser(row.path("user"), accepted.assignments());
        assertThat(StorableJson.flawOf(accepted.toString())).isNull();
    }

    /** All that has no column, and nothing else, but for blanks. */
    private static void assertExtra(JsonNode row, @Nullable String actual) {
        ObjectNode expected = filled(row, WITH_COLUMN);
        ObjectNode ofUser = filled(row.path("user"), WITH_COLUMN_OF_USER);
        if (!ofUser.isEmpty()) {
            expected.set("user", ofUser);
        }
        assertThat(actual == null ? JsonNodeFactory.instance.objectNode() : Rows.json(actual))
                .isEqualTo(Rows.json(expected.toString()));
    }

    private static ObjectNode filled(JsonNode object, Set<String> except) {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        object.propertyStream()
                .filter(field -> !except.contains(field.getKey()) && !isNothing(field.getValue()))
                .forEach(field -> filled.set(field.getKey(), field.getValue()));
        return filled;
    }

    private static void assertUser(JsonNode user, List<Assignment> assignments) {
        if (assignments.isEmpty()) {
            assertThat(isNothing(user)).as("nobody is assigned: %s", user).isTrue();
            return;
        }
        Assignment assignment = assignments.getFirst();
        assertThat(assignments).hasSize(1);
        assertThat(assignment.userId())
                .isEqualTo(user.path("id").asString("").strip().toLowerCase(Locale.ROOT))
                .isEqualTo(assignment.assigneeKey());
        assertThat(assignment.userEmail()).isEqualTo(lower(user.path("email")));
        assertText(user.path("name"), assignment.userName());
        assertFlag(user.path("is_archived"), assignment.userIsArchived());
    }

    private static void assertTags(JsonNode tags, @Nullable List<String> actual) {
        if (actual == null) {
            assertThat(isNothing(tags)).isTrue();
        } else {
            List<String> sent = tags.values().stream()
                    .filter(tag -> !isNothing(tag))
                    .map(JsonNode::stringValue)
                    .sorted()
                    .toList();
            assertThat(actual).isEqualTo(sent);
        }
    }

    private static void assertStandsIn(JsonNode answer, DetailsOfDevice details) {
        JsonNode hardware = answer.path("hardware_overview");
        if (details.hardware() != null) {
            JsonNode udid = isNoValue(hardware.path("udid")) ? hardware.path("uuid") : hardware.path("udid");
            assertThat(details.hardware().udid()).isEqualTo(isNoValue(udid) ? null : udid.stringValue());
            JsonNode model = hardware.path("model_identifier");
            assertThat(details.hardware().modelIdentifier()).isEqualTo(isNoValue(model) ? null : model.stringValue());
        } else {
            assertThat(isNothing(hardware) || hardware.isEmpty()).isTrue();
        }
        if (details.mdm() != null) {
            assertWord(answer.path("mdm").path("supervised"), details.mdm().isSupervised());
        }
        if (details.filevault() != null) {
            assertWord(
                    answer.path("filevault").path("filevault_enabled"),
                    details.filevault().filevaultEnabled());
        }
        if (details.localAccounts() != null) {
            JsonNode sent = answer.path("users").path("regular_users");
            for (Assignment account : details.localAccounts()) {
                assertThat(sent.values()).anySatisfy(one -> {
                    assertThat(account.username())
                            .isEqualTo(one.path("username").stringValue());
                    assertThat(account.userName())
                            .isEqualTo(
                                    isNoValue(one.path("name"))
                                            ? null
                                            : one.path("name").stringValue());
                    assertWord(one.path("admin"), account.isAdmin());
                });
            }
        }
        assertThat(StorableJson.flawOf(details.toString())).isNull();
    }

    private static void assertRejected(JsonNode payload, RejectedRecord rejected) {
        assertThat(rejected.reason()).isNotBlank();
        assertThat(payload.at(JsonPointer.compile(rejected.jsonPointer())).isMissingNode()
                        && !rejected.reason().contains("no id")
                        && !rejected.reason().contains("no user name"))
                .as("whether %s points to nothing: %s", rejected.jsonPointer(), rejected.reason())
                .isFalse();
        assertThat(rejected.payload().getBytes(StandardCharsets.UTF_8).length).isBetween(1, 64 << 10);
        assertThat(StorableJson.flawOf(rejected.toString())).isNull();
    }

    private static void assertText(JsonNode sent, @Nullable String actual) {
        assertThat(actual).isEqualTo(isNothing(sent) ? null : sent.stringValue());
    }

    private static void assertFlag(JsonNode sent, @Nullable Boolean actual) {
        assertThat(actual).isEqualTo(isNothing(sent) ? null : (Boolean) sent.booleanValue());
    }

    private static void assertWord(JsonNode sent, @Nullable Boolean actual) {
        if (actual == null) {
            assertThat(isNoValue(sent)).as("%s", sent).isTrue();
        } else {
            assertThat(sent.asString("").strip().toLowerCase(Locale.ROOT))
                    .isIn(actual ? List.of("true", "yes") : List.of("false", "no"));
        }
    }

    /** By the digits of the text itself, in the offset that it names. */
    private static void assertDate(JsonNode sent, @Nullable Instant actual) {
        if (actual == null) {
            assertThat(isNothing(sent)).as("%s", sent).isTrue();
            return;
        }
        Matcher date = DATE.matcher(sent.stringValue().strip());
        assertThat(date.matches()).as("%s", sent).isTrue();
        String micros = (date.group(3) == null ? "000000" : date.group(3) + "000000").substring(0, 6);
        assertThat(actual.atOffset(ZoneOffset.of(date.group(4))).format(MICROS))
                .isEqualTo(date.group(1) + "T" + date.group(2) + "." + micros);
    }

    private static @Nullable String lower(JsonNode sent) {
        return isNothing(sent) ? null : sent.stringValue().strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isNoValue(JsonNode sent) {
        return isNothing(sent) || sent.isString() && sent.stringValue().strip().equalsIgnoreCase("no value");
    }

    private static boolean isNothing(JsonNode sent) {
        return sent.isMissingNode()
                || sent.isNull()
                || sent.isString() && sent.stringValue().isBlank();
    }
}
