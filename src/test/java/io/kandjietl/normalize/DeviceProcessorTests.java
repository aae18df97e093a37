package io.kandjietl.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.kandji.ListedDevice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DeviceProcessorTests {

    private static final String MAC_ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";

    private final DeviceProcessor processor = new DeviceProcessor();

    @Test
    void aMacAndItsUserAreNormalizedFieldByField() {
        assertThat(process(Rows.mac()))
                .isEqualTo(new AcceptedDevice(
                        7,
                        new Device(
                                MAC_ID,
                                "Ada’s MacBook Pro",
                                "FVFXA1B2C3D4",
                                "Mac",
                                "MacBook Pro (14-inch, 2023)",
                                "14.4.1",
                                "23E224",
                                "(a)",
                                "IT-0042",
                                "c1d7f9d2-0a4b-4e7c-8a59-2b6f1d0e9c33",
                                "Engineering",
                                "4.5.9 (5160)",
                                true,
                                true,
                                false,
                                false,
                                null,
                                List.of("loaner", "vip"),
                                Instant.parse("2024-05-13T20:09:27.374451Z"),
                                Instant.parse("2024-06-17T11:32:35Z"),
                                Instant.parse("2024-07-23T14:11:37.150080Z"),
                                null),
                        List.of(new Assignment(
                                MAC_ID,
                                AccessType.ASSIGNED_USER,
                                "5f1c7a52-8b1a-4c0f-9c55-0e2b7a6d9a10",
                                "5f1c7a52-8b1a-4c0f-9c55-0e2b7a6d9a10",
                                "ada.example@example.com",
                                "Ada Example",
                                false,
                                null,
                                null))));
    }

    @Test
    void anOlderRowOfARemovedPhoneKeepsItsUserWithTheIntegerIdAsText() {
        String id = "1c2d3e4f-0000-4111-8222-333344445555";
        assertThat(process(Rows.json(Rows.PHONE_BEFORE_2025)))
                .isEqualTo(new AcceptedDevice(
                        7,
                        new Device(
                                id,
                                "Loaner 7",
                                null,
                                "iPhone",
                                "iPhone 14",
                                "17.4.1",
                                null,
                                null,
                                null,
                                "c1d7f9d2-0a4b-4e7c-8a59-2b6f1d0e9c33",
                                "Phones",
                                null,
                                true,
                                false,
                                true,
                                true,
                                null,
                                null,
                                null,
                                null,
                                Instant.parse("2024-05-13T20:09:23Z"),
                                null),
                        List.of(new Assignment(
                                id, AccessType.ASSIGNED_USER, "4711", "4711", null, "Ben Example", true, null, null))));
    }

    @Test
    void aWindowsRowKeepsWhatHasNoColumnAndHasNobodyAssigned() {
        AcceptedDevice accepted = accepted(Rows.json(Rows.WINDOWS));
        assertThat(accepted.assignments()).isEmpty();
        assertThat(accepted.device())
                .isEqualTo(new Device(
                        "d6a4b6de-77f8-4a5c-93a2-0d1c9e8f7a66",
                        "DESKTOP-7",
                        "7XK2LM3",
                        "Windows",
                        "Latitude 7450",
                        "24H2",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "1.2.3",
                        true,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        Instant.parse("2026-05-01T00:00:00Z"),
                        null,
                        Instant.parse("2026-07-01T19:02:37.320664Z"),
                        "{\"full_software_version\":\"10.0.26100.4349\"}"));
    }

    @Test
    void aRowOfAnIdAloneIsADevice() {
        AcceptedDevice accepted = accepted(Rows.json("{\"device_id\": \" ABC \"}"));
        assertThat(accepted.device().deviceId()).isEqualTo("abc");
        assertThat(accepted.device().tags()).isNull();
        assertThat(accepted.device().extra()).isNull();
        assertThat(accepted.assignments()).isEmpty();
    }

    @Test
    void theSameRowGivesTheSameRecord() {
        JsonNode row = Rows.mac();
        assertThat(process(row)).isEqualTo(process(row));
        assertThat(row).isEqualTo(Rows.mac());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2024-07-23T14:11:37.150080Z         | 2024-07-23T14:11:37.150080Z
                    2026-07-01T19:02:37.320664+00:00    | 2026-07-01T19:02:37.320664Z
                    2024-05-13 20:09:27.374451+00:00    | 2024-05-13T20:09:27.374451Z
                    2024-06-17 11:32:35+00:00           | 2024-06-17T11:32:35Z
                    2024-05-13 20:09:23 +0000           | 2024-05-13T20:09:23Z
                    2024-05-13 20:09:23 +00:00          | 2024-05-13T20:09:23Z
                    2024-05-13 20:09:23 Z               | 2024-05-13T20:09:23Z
                    2024-05-13T22:09:23.5+02:00         | 2024-05-13T20:09:23.500Z
                    2024-05-13T20:09:23-0530            | 2024-05-14T01:39:23Z
                    2024-05-13T20:09:23.123456789Z      | 2024-05-13T20:09:23.123456Z
                    1970-01-01T00:00:00Z                | 1970-01-01T00:00:00Z
                    2200-12-31T23:59:59.999999999Z      | 2200-12-31T23:59:59.999999Z
                    """)
    void everySpellingOfADateIsReadToTheMicrosecond(String spelling, Instant expected) {
        for (String field : List.of("last_check_in", "first_enrollment", "last_enrollment")) {
            Device device = accepted(Rows.macWith(field, quoted(spelling))).device();
            Map<String, @Nullable Instant> dates = Map.ofEntries(
                    entry("last_check_in", orEpoch(device.lastCheckIn())),
                    entry("first_enrollment", orEpoch(device.firstEnrolledAt())),
                    entry("last_enrollment", orEpoch(device.lastEnrolledAt())));
            assertThat(dates).containsEntry(field, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null"})
    void aBlankDateIsNone(String value) {
        assertThat(accepted(Rows.macWith("last_check_in", value)).device().lastCheckIn())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2024-05-13",
                "2024-05-13T20:09:23",
                "2024-05-13 20:09:23",
                "2024-02-30T20:09:23Z",
                "2024-05-13T24:00:00Z",
                "2024-05-13T20:09:61Z",
                "13/05/2024 20:09",
                "2024-05-13T20:09:23.1234567890Z",
                "2024-05-1320:09:23",
                "2024-05-13T20:09:23Z Z",
                "2024-05-13T20:09:23 +0000 x",
                "1720000000"
            })
    void whatIsNoDateIsRejected(String value) {
        assertRejected(
                Rows.macWith("first_enrollment", quoted(value)),
                "/first_enrollment is text where a date and time with its offset is expected",
                "/first_enrollment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999999Z",
                "2201-01-01T00:00:00Z",
                "1970-01-01T00:30:00+01:00",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "+999999999-01-01T00:00:00Z"
            })
    void aDateOutsideOfReasonIsRejected(String value) {
        assertRejected(
                Rows.macWith("last_check_in", quoted(value)),
                "/last_check_in is outside the years 1970 to 2200",
                "/last_check_in");
    }

    @ParameterizedTest
    @CsvSource({
        "mdm_enabled, true", "mdm_enabled, false", "agent_installed, true",
        "is_missing, true", "is_removed, true", "is_removed, false"
    })
    void booleansAreTaken(String field, boolean value) {
        Device device = accepted(Rows.macWith(field, Boolean.toString(value))).device();
        assertThat(Map.of(
                        "mdm_enabled", Boolean.TRUE.equals(device.mdmEnabled()),
                        "agent_installed", Boolean.TRUE.equals(device.agentInstalled()),
                        "is_missing", Boolean.TRUE.equals(device.isMissing()),
                        "is_removed", Boolean.TRUE.equals(device.isRemoved())))
                .containsEntry(field, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void aBlankBooleanIsNone(String value) {
        assertThat(accepted(Rows.macWith("is_missing", value)).device().isMissing())
                .isNull();
    }

    @Test
    void aMissingBooleanIsNone() {
        assertThat(accepted(Rows.macWithout("is_missing")).device().isMissing()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "True"  | text
                    "true"  | text
                    "Yes"   | text
                    "x"     | text
                    "  "    | text
                    1       | a number
                    0       | a number
                    1.0     | a number
                    []      | a list
                    [true]  | a list
                    {}      | an object
                    """)
    void whatIsNoBooleanIsRejected(String value, String kind) {
        for (String field : List.of("mdm_enabled", "agent_installed", "is_missing", "is_removed")) {
            assertRejected(
                    Rows.macWith(field, value),
                    "/" + field + " is " + kind + " where true, false or nothing is expected",
                    "/" + field);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "last_check_in",
                "first_enrollment",
                "last_enrollment",
                "device_id"
            })
    void whatIsNoTextIsRejected(String field) {
        Map<String, String> kinds = Map.of(
                "14", "a number",
                "14.5", "a number",
                "true", "true or false",
                "[\"a\"]", "a list",
                "[[\"a\"]]", "a list",
                "[]", "a list",
                "{}", "an object",
                "{\"a\": 1}", "an object");
        kinds.forEach((value, kind) -> {
            RejectedRecord rejected = rejected(Rows.macWith(field, value));
            assertThat(rejected.reason()).isEqualTo("/" + field + " is " + kind + " where text is expected");
            assertThat(rejected.jsonPointer()).isEqualTo("/" + field);
            assertThat(rejected.deviceId()).isEqualTo(field.equals("device_id") ? null : MAC_ID);
        });
    }

    @Test
    void textStaysAsItIsButBlankIsNone() {
        Device device =
                accepted(Rows.macWith("device_name", "\"  Ada’s  Mac \\n\"")).device();
        assertThat(device.deviceName()).isEqualTo("  Ada’s  Mac \n");
        assertThat(accepted(Rows.macWith("device_name", "\" \\t\\n\"")).device().deviceName())
                .isNull();
        assertThat(accepted(Rows.macWith("platform", "\"Vision Pro\"")).device().platform())
                .isEqualTo("Vision Pro");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    null                | the device has no id
                    ""                  | the device has no id
                    "  "                | the device has no id
                    "-a"                | /device_id is not an id: up to 64 letters, digits, dots, dashes and underscores
                    "a b"               | /device_id is not an id: up to 64 letters, digits, dots, dashes and underscores
                    "../etc"            | /device_id is not an id: up to 64 letters, digits, dots, dashes and underscores
                    "a/b"               | /device_id is not an id: up to 64 letters, digits, dots, dashes and underscores
                    "é"                 | /device_id is not an id: up to 64 letters, digits, dots, dashes and underscores
                    """)
    void aRowWithoutAReadableIdIsRejectedWithoutOne(String value, String reason) {
        RejectedRecord rejected = rejected(Rows.macWith("device_id", value));
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.jsonPointer()).isEqualTo("/device_id");
        assertThat(rejected.deviceId()).isNull();
    }

    @Test
    void anIdHasUpTo64Characters() {
        assertThat(accepted(Rows.macWith("device_id", quoted("A".repeat(64))))
                        .device()
                        .deviceId())
                .isEqualTo("a".repeat(64));
        assertThat(rejected(Rows.macWith("device_id", quoted("A".repeat(65)))).deviceId())
                .isNull();
        assertThat(rejected(Rows.macWithout("device_id")).reason()).isEqualTo("the device has no id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void aBlankUserIsNobody(String value) {
        assertThat(accepted(Rows.macWith("user", value)).assignments()).isEmpty();
        assertThat(accepted(Rows.macWithout("user")).assignments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                   | /user/id | the assigned user has no id
                    {"email": "ada@example.com"}         | /user/id | the assigned user has no id
                    {"id": null, "name": "Ada"}          | /user/id | the assigned user has no id
                    {"id": "", "name": "Ada"}            | /user/id | the assigned user has no id
                    {"id": "  ", "name": "Ada"}          | /user/id | the assigned user has no id
                    {"id": true}                         | /user/id | /user/id is true or false where an integer or text is expected
                    {"id": 1.5}                          | /user/id | /user/id is a number where an integer or text is expected
                    {"id": 1.0}                          | /user/id | /user/id is a number where an integer or text is expected
                    {"id": [1]}                          | /user/id | /user/id is a list where an integer or text is expected
                    {"id": {"a": 1}}                     | /user/id | /user/id is an object where an integer or text is expected
                    {"id": 1, "email": 5}                | /user/email | /user/email is a number where text is expected
                    {"id": 1, "name": ["Ada"]}           | /user/name | /user/name is a list where text is expected
                    {"id": 1, "is_archived": "False"}    | /user/is_archived | /user/is_archived is text where true, false or nothing is expected
                    {"id": 1, "is_archived": 0}          | /user/is_archived | /user/is_archived is a number where true, false or nothing is expected
                    5                                    | /user | /user is a number where a user or nothing is expected
                    1.5                                  | /user | /user is a number where a user or nothing is expected
                    "ada@example.com"                    | /user | /user is text where a user or nothing is expected
                    "  "                                 | /user | /user is text where a user or nothing is expected
                    false                                | /user | /user is true or false where a user or nothing is expected
                    []                                   | /user | /user is a list where a user or nothing is expected
                    [{"id": 1}]                          | /user | /user is a list where a user or nothing is expected
                    """)
    void aUserThatCannotBeReadIsRejectedAndNeverTakenForNobody(String user, String pointer, String reason) {
        assertRejected(Rows.macWith("user", user), reason, pointer);
    }

    @Test
    void aUserOfNothingButAnIdIsAssigned() {
        assertThat(accepted(Rows.macWith("user", "{\"id\": \" AB-1 \", \"email\": \" \", \"is_archived\": \"\"}"))
                        .assignments())
                .containsExactly(
                        new Assignment(MAC_ID, AccessType.ASSIGNED_USER, "ab-1", "ab-1", null, null, null, null, null));
        assertThat(accepted(Rows.macWith("user", "{\"id\": 12345678901234567890}"))
                        .assignments())
                .extracting(Assignment::assigneeKey)
                .containsExactly("12345678901234567890");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "vip"            | /tags   | /tags is text where a list of texts is expected
                    ""               | /tags   | /tags is text where a list of texts is expected
                    {"a": 1}         | /tags   | /tags is an object where a list of texts is expected
                    5                | /tags   | /tags is a number where a list of texts is expected
                    true             | /tags   | /tags is true or false where a list of texts is expected
                    ["a", 5]         | /tags/1 | /tags/1 is a number where text is expected
                    [["a"]]          | /tags/0 | /tags/0 is a list where text is expected
                    [{"name": "a"}]  | /tags/0 | /tags/0 is an object where text is expected
                    ["a", "b", true] | /tags/2 | /tags/2 is true or false where text is expected
                    """)
    void whatIsNoListOfTagsIsRejected(String tags, String pointer, String reason) {
        assertRejected(Rows.macWith("tags", tags), reason, pointer);
    }

    @Test
    void noTagsAtAllDifferFromAnEmptyList() {
        assertThat(accepted(Rows.macWith("tags", "null")).device().tags()).isNull();
        assertThat(accepted(Rows.macWithout("tags")).device().tags()).isNull();
        assertThat(accepted(Rows.macWith("tags", "[]")).device().tags()).isEmpty();
        assertThat(accepted(Rows.macWith("tags", "[\"\", null, \" \"]"))
                        .device()
                        .tags())
                .isEmpty();
    }

    @Test
    void unknownFieldsAreKeptSortedAndExactlyAsTheyCame() {
        ObjectNode row = Rows.macWith("zeta", "{\"b\": [1, {\"y\": 1.10, \"x\": null}], \"a\": true}");
        row.put("api_level", "34");
        row.put("Alpha", "  ’ ");
        row.put("blank", "");
        row.putNull("nothing");
        row.withObject("/user").put("department", "R&D");
        assertThat(accepted(row).device().extra())
                .isEqualTo("{\"Alpha\":\"  ’ \",\"api_level\":\"34\",\"user\":{\"department\":\"R&D\"},"
                        + "\"zeta\":{\"a\":true,\"b\":[1,{\"x\":null,\"y\":1.10}]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    serial_number    | 255
                    blueprint_id     | 255
                    device_name      | 4096
                    platform         | 4096
                    lost_mode_status | 4096
                    """)
    void textHasABound(String field, int max) {
        accepted(Rows.macWith(field, quoted("a".repeat(max))));
        // A character outside of the basic plane is one character, although Java counts two.
        accepted(Rows.macWith(field, quoted("😀".repeat(max))));
        assertRejected(
                Rows.macWith(field, quoted("a".repeat(max + 1))),
                "/" + field + " is longer than " + max + " characters",
                "/" + field);
    }

    @Test
    void usersAndTagsHaveBounds() {
        String tooLong = quoted("a".repeat(256));
        assertRejected(
                Rows.macWith("user", "{\"id\": " + tooLong + "}"),
                "/user/id is longer than 255 characters",
                "/user/id");
        assertRejected(
                Rows.macWith("user", "{\"id\": " + "9".repeat(256) + "}"),
                "/user/id is longer than 255 characters",
                "/user/id");
        assertRejected(
                Rows.macWith("user", "{\"id\": 1, \"email\": " + tooLong + "}"),
                "/user/email is longer than 255 characters",
                "/user/email");
        assertRejected(
                Rows.macWith("tags", "[\"a\", " + tooLong + "]"), "/tags/1 is longer than 255 characters", "/tags/1");
        assertRejected(
                Rows.macWith("tags", "[" + "\"a\",".repeat(200) + "\"a\"]"), "/tags has more than 200 tags", "/tags");
        accepted(Rows.macWith("tags", "[" + "\"a\",".repeat(199) + "\"a\"]"));
    }

    @Test
    void unknownFieldsHaveABoundInBytes() {
        accepted(Rows.macWith("blob", quoted("a".repeat(65_525))));
        assertRejected(
                Rows.macWith("blob", quoted("a".repeat(65_526))),
                "the fields that have no column take more than 65536 bytes (payload cut at 65536 bytes)",
                "");
        assertRejected(
                Rows.macWith("blob", quoted("é".repeat(40_000))),
                "the fields that have no column take more than 65536 bytes (payload cut at 65536 bytes)",
                "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    device_name | "a\\u0000"                      | /device_name     | a text holds the character U+0000, which PostgreSQL can't store
                    tags        | ["a", "\\u0000"]                | /tags/1          | a text holds the character U+0000, which PostgreSQL can't store
                    user        | {"id": 1, "name": "\\ud800"}    | /user/name       | a text holds half of a surrogate pair, which UTF-8 can't encode
                    model       | "\\udc00\\ud800"                | /model           | a text holds half of a surrogate pair, which UTF-8 can't encode
                    model       | "\\ud83dx"                      | /model           | a text holds half of a surrogate pair, which UTF-8 can't encode
                    new/field   | {"a~b": [{}, ["\\u0000"]]}      | /new~1field/a~0b/1/0 | a text holds the character U+0000, which PostgreSQL can't store
                    new         | {"a": {"b\\u0000": 1}}          | /new/a           | a field's name holds the character U+0000, which PostgreSQL can't store
                    new         | [{"\\udfff": 1}]                | /new/0           | a field's name holds half of a surrogate pair, which UTF-8 can't encode
                    new         | 1e1001                          | /new             | a number has more digits, or a larger exponent, than 1000
                    new         | 1e-1001                         | /new             | a number has more digits, or a larger exponent, than 1000
                    new         | [0e5000]                        | /new/0           | a number has more digits, or a larger exponent, than 1000
                    new         | {"n": -1.5E+2147483600}         | /new/n           | a number has more digits, or a larger exponent, than 1000
                    """)
    void whatPostgresqlCannotStoreIsRejectedWhereverItIs(String field, String value, String pointer, String reason) {
        assertRejected(Rows.macWith(field, value), reason, pointer);
    }

    @Test
    void numbersWithinReasonAreKept() {
        String number = "1" + "0".repeat(999);
        assertThat(accepted(Rows.macWith("n", "[1e1000, -1e-1000, " + number + "]"))
                        .device()
                        .extra())
                .isEqualTo("{\"n\":[1E+1000,-1E-1000," + number + "]}");
        ObjectNode row = Rows.mac();
        row.put("n", Double.POSITIVE_INFINITY);
        assertRejected(row, "a number has more digits, or a larger exponent, than 1000", "/n");
        row.put("n", BigInteger.TEN.pow(1001));
        assertRejected(row, "a number has more digits, or a larger exponent, than 1000", "/n");
        row.put("n", new BigDecimal("0." + "1".repeat(1001)));
        assertRejected(row, "a number has more digits, or a larger exponent, than 1000", "/n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    null    | nothing
                    "text"  | text
                    ["a"]   | a list
                    5       | a number
                    true    | true or false
                    """)
    void aRowThatIsNoObjectIsRejectedWithoutAnId(String row, String kind) {
        assertThat(process(Rows.json(row)))
                .isEqualTo(new RejectedRecord(
                        7,
                        RejectedRecord.Source.LIST,
                        null,
                        "the row is " + kind + " where an object is expected",
                        "",
                        row));
    }

    @Test
    void aRejectedRowIsKeptAsItsJson() {
        ObjectNode row = (ObjectNode) Rows.json("{\"device_id\": \"AB\", \"tags\": [5], \"device_name\": \"é’\"}");
        assertThat(process(row))
                .isEqualTo(new RejectedRecord(
                        7,
                        RejectedRecord.Source.LIST,
                        "ab",
                        "/tags/0 is a number where text is expected",
                        "/tags/0",
                        "{\"device_id\":\"AB\",\"tags\":[5],\"device_name\":\"é’\"}"));
    }

    @Test
    void thePayloadIsStorableWhateverIsInIt() {
        assertThat(rejected(Rows.json("{\"device_id\": \"a\", \"n\": \"é\\ud800\\u0000\"}"))
                        .payload())
                .isEqualTo("{\"device_id\":\"a\",\"n\":\"\\u00E9\\uD800\\u0000\"}");
        assertThat(rejected(Rows.json("{\"device_id\": \"a\", \"n\": \"é\\u0000\"}"))
                        .payload())
                .isEqualTo("{\"device_id\":\"a\",\"n\":\"é\\u0000\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void aLongPayloadIsCutBetweenCharacters(String character) {
        for (int shift = 0; shift < 4; shift++) {
            RejectedRecord rejected =
                    rejected(Rows.macWith("blob", quoted("x".repeat(shift) + character.repeat(70_000))));
            assertThat(rejected.payload().getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(65_536 - 3, 65_536);
            assertThat(rejected.payload()).endsWith(character);
            assertThat(rejected.reason()).endsWith("(payload cut at 65536 bytes)");
        }
    }

    @Test
    void aTreeThatNoParserLetsThroughIsRejectedToo() {
        JsonNode deep = JsonNodeFactory.instance.numberNode(1);
        for (int i = 0; i < 5_000; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        ObjectNode row = Rows.mac();
        row.set("deep", deep);
        RejectedRecord rejected = rejected(row);
        assertThat(rejected.reason()).isEqualTo("the value is nested deeper than 400 levels");
        assertThat(rejected.jsonPointer()).startsWith("/deep/0/0");
        assertThat(rejected.payload()).isEqualTo("\"nested too deeply to be written\"");
        row = Rows.mac();
        row.put("bytes", new byte[] {1});
        assertRejected(row, "the value is no JSON", "/bytes");
    }

    @Test
    void aPointerHasABound() {
        String name = "n".repeat(2_000);
        RejectedRecord rejected = rejected(Rows.macWith("outer", "{\"" + name + "\": \"\\u0000\"}"));
        assertThat(rejected.jsonPointer()).isEqualTo("/outer");
    }

    private NormalizedRecord process(JsonNode row) {
        return processor.process(new ListedDevice(7, row));
    }

    private AcceptedDevice accepted(JsonNode row) {
        NormalizedRecord result = process(row);
        assertThat(result).isInstanceOf(AcceptedDevice.class);
        return (AcceptedDevice) result;
    }

    private RejectedRecord rejected(JsonNode row) {
        NormalizedRecord result = process(row);
        assertThat(result).isInstanceOf(RejectedRecord.class);
        return (RejectedRecord) result;
    }

    private void assertRejected(JsonNode row, String reason, String pointer) {
        RejectedRecord rejected = rejected(row);
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.jsonPointer()).isEqualTo(pointer);
        assertThat(rejected.deviceId()).isEqualTo(MAC_ID);
        assertThat(rejected.offset()).isEqualTo(7);
    }

    private static Instant orEpoch(@Nullable Instant instant) {
        return instant == null ? Instant.EPOCH : instant;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
