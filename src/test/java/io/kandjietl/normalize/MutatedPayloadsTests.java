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
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * 100,000 mutated payloads: no exception escapes, each is loaded or quarantined with a reason, and none is loaded with a
 * value that does not stand in the very field that the column is of.
 */
class MutatedPayloadsTests {

    private static final int ROWS = 70_000;
    private static final int DETAILS = 30_000;

    private static final String ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";
    private static final Instant AT = Instant.parse("2026-11-23T12:00:07.123456Z");

    private static final Pattern DATE =
            Pattern.compile("\\s*(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)\\S*?\\s*(Z|[+-]\\d\\d:?\\d\\d)\\s*");

    private final DeviceProcessor processor = new DeviceProcessor();
    private int accepted;

    @Test
    void everyRowIsLoadedAsItIsOrQuarantined() {
        forSeeds(ROWS, seed -> {
            JsonNode row = MutatedPayloads.row(seed);
            switch (processor.process(new ListedDevice(seed, seed, row))) {
                case AcceptedDevice device -> {
                    accepted++;
                    assertStandsIn(row, device);
                }
                case RejectedRecord rejected -> assertRejected(row, rejected);
            }
        });
        // Both verdicts must have been given often, or the mutations test nothing.
        assertThat(accepted).isBetween(ROWS / 20, ROWS - ROWS / 20);
    }

    @Test
    void everyAnswerIsLoadedAsItIsOrQuarantined() {
        forSeeds(DETAILS, seed -> {
            JsonNode answer = MutatedPayloads.details(seed);
            switch (DetailsProcessor.normalize(seed, ID, AT, answer)) {
                case DetailsOfDevice details -> {
                    accepted++;
                    assertStandsIn(answer, details);
                }
                case RejectedRecord rejected -> assertRejected(answer, rejected);
            }
        });
        assertThat(accepted).isBetween(DETAILS / 20, DETAILS - DETAILS / 20);
    }

    private static void forSeeds(int count, LongConsumer check) {
        long first = MutatedPayloads.firstSeed();
        for (long seed = first; seed < first + count; seed++) {
            try {
                check.accept(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "Payload of seed " + seed + ", to be seen again with -D" + MutatedPayloads.SEED + "=" + seed,
                        e);
            }
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
        if (device.extra() != null) {
            JsonNode extra = Rows.json(device.extra());
            for (String name : extra.propertyNames()) {
                assertThat(row.has(name)).as("extra field %s", name).isTrue();
            }
        }
        assertUser(row.path("user"), accepted.assignments());
        assertThat(StorableJson.flawOf(accepted.toString())).isNull();
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
        assertThat(actual.atOffset(ZoneOffset.of(date.group(3)))
                        .withNano(0)
                        .toLocalDateTime()
                        .format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME))
                .isEqualTo(date.group(1) + "T" + date.group(2));
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
