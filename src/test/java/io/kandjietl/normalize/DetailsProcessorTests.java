package io.kandjietl.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.DetailsOfDevice.Filevault;
import io.kandjietl.device.DetailsOfDevice.Hardware;
import io.kandjietl.device.DetailsOfDevice.Mdm;
import io.kandjietl.device.NormalizedDetails;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.device.TriedDetails.Verdict;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DetailsRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailsProcessorTests {

    private static final String ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";
    private static final Instant AT = Instant.parse("2026-11-23T12:00:07.123456Z");

    private static final String MAC = Rows.MAC_DETAILS;

    @Test
    void aMacsAnswerTellsHardwareSupervisionFilevaultAndAccounts() {
        assertThat(normalize(MAC))
                .isEqualTo(new DetailsOfDevice(
                        ID,
                        AT,
                        new Hardware("4F1C-UDID", "Mac14,2"),
                        new Mdm(true),
                        new Filevault(true),
                        List.of(account("ada", "Ada Example", true), account("Guest-1", null, false))));
    }

    @Test
    void aPhonesAnswerTellsItsUuidAndNoAccounts() {
        assertThat(normalize("""
                {"mdm": {"supervised": "False"}, "filevault": {"filevault_enabled": null},
                 "hardware_overview": {"model_identifier": "iPhone14,7", "uuid": "00008110-A"}, "users": {}}"""))
                .isEqualTo(new DetailsOfDevice(
                        ID, AT, new Hardware("00008110-A", "iPhone14,7"), new Mdm(false), new Filevault(null), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mdm\": {}, \"filevault\": {}, \"hardware_overview\": {}, \"users\": {}}",
                "{\"mdm\": null, \"filevault\": \"\", \"hardware_overview\": \"No value\", \"users\": null}",
                "{\"users\": {\"system_users\": [{\"username\": \"root\"}]}}",
                "{\"users\": {\"regular_users\": null}}",
                "{\"bitlocker\": {\"enabled\": true}, \"device_information\": {\"total_ram_megabytes\": 16384}}",
            })
    void aSectionThatIsAbsentOrEmptyTellsNothing(String answer) {
        assertThat(normalize(answer)).isEqualTo(new DetailsOfDevice(ID, AT, null, null, null, null));
    }

    @Test
    void anEmptyListOfAccountsTellsThatThereAreNone() {
        assertThat(normalize("{\"users\": {\"regular_users\": []}}"))
                .isEqualTo(new DetailsOfDevice(ID, AT, null, null, null, List.of()));
    }

    @Test
    void aBlankOrNoValueWithinASectionIsNothing() {
        assertThat(normalize("""
                {"mdm": {"supervised": ""}, "filevault": {"filevault_enabled": "No value"},
                 "hardware_overview": {"model_identifier": "No value", "udid": " "}}"""))
                .isEqualTo(new DetailsOfDevice(
                        ID, AT, new Hardware(null, null), new Mdm(null), new Filevault(null), null));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "false, false",
        "'\"True\"', true",
        "'\"False\"', false",
        "'\"Yes\"', true",
        "'\"no\"', false"
    })
    void booleansComeAsSuchOrAsWords(String json, boolean expected) {
        assertThat(normalize("{\"mdm\": {\"supervised\": " + json + "}}"))
                .isEqualTo(new DetailsOfDevice(ID, AT, null, new Mdm(expected), null, null));
    }

    @Test
    void ofAnAccountThatComesTwiceTheLastCounts() {
        assertThat(normalize("{\"users\": {\"regular_users\": [{\"username\": \"ada\", \"admin\": \"Yes\"},"
                        + " {\"username\": \"ada\", \"admin\": \"No\"}]}}"))
                .isEqualTo(new DetailsOfDevice(ID, AT, null, null, null, List.of(account("ada", null, false))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | '' | the answer is a list where an object is expected",
                "{\"mdm\": [1]} | /mdm | /mdm is a list where an object is expected",
                "{\"mdm\": {\"supervised\": 1}} | /mdm/supervised | /mdm/supervised is a number where true, false or nothing is expected",
                "{\"mdm\": {\"supervised\": \"perhaps\"}} | /mdm/supervised | /mdm/supervised is text where true, false or nothing is expected",
                "{\"hardware_overview\": {\"udid\": 7}} | /hardware_overview/udid | /hardware_overview/udid is a number where text is expected",
                "{\"filevault\": {\"filevault_enabled\": {}}} | /filevault/filevault_enabled | /filevault/filevault_enabled is an object where true, false or nothing is expected",
                "{\"users\": {\"regular_users\": {}}} | /users/regular_users | /users/regular_users is an object where a list of objects is expected",
                "{\"users\": {\"regular_users\": [7]}} | /users/regular_users/0 | /users/regular_users/0 is a number where an object is expected",
                "{\"users\": {\"regular_users\": [{\"username\": \"\"}]}} | /users/regular_users/0/username | a local account has no user name",
                "{\"users\": {\"regular_users\": [{\"username\": \"a\\u0000\"}]}} | /users/regular_users/0/username | a text holds the character U+0000, which PostgreSQL can't store",
                "{\"general\": {\"device_id\": \"another\"}} | /general/device_id | the answer is about another device",
            })
    void whatIsOfAnotherTypeIsRejectedWithItsPlace(String answer, String pointer, String reason) {
        assertThat(normalize(answer)).isInstanceOfSatisfying(RejectedRecord.class, rejected -> {
            assertThat(rejected.source()).isEqualTo(RejectedRecord.Source.DETAILS);
            assertThat(rejected.deviceId()).isEqualTo(ID);
            assertThat(rejected.offset()).isEqualTo(7);
            assertThat(rejected.jsonPointer()).isEqualTo(pointer);
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.payload()).startsWith(answer.substring(0, 1));
        });
    }

    @Test
    void longTextsAndManyAccountsAreRejected() {
        assertThat(normalize("{\"hardware_overview\": {\"udid\": \"" + "x".repeat(256) + "\"}}"))
                .extracting("reason")
                .isEqualTo("/hardware_overview/udid is longer than 255 characters");
        String accounts = "{\"username\": \"a\"},".repeat(500) + "{\"username\": \"b\"}";
        assertThat(normalize("{\"users\": {\"regular_users\": [" + accounts + "]}}"))
                .extracting("reason")
                .isEqualTo("/users/regular_users has more than 500 elements");
    }

    @Test
    void withoutAUsableAnswerItIsKnownThatItWasTried() {
        assertThat(process(new DetailsAnswer.NotFound())).isEqualTo(new TriedDetails(7, ID, AT, Verdict.UNKNOWN, null));
        assertThat(process(new DetailsAnswer.Failed("no complete answer")))
                .isEqualTo(new TriedDetails(7, ID, AT, null, null));
        assertThat(process(new DetailsAnswer.Answered(Rows.json("{}"))))
                .isEqualTo(new TriedDetails(
                        7, ID, AT, Verdict.THERE, new DetailsOfDevice(ID, AT, null, null, null, null)));
    }

    private static Assignment account(String username, @Nullable String name, boolean isAdmin) {
        return new Assignment(ID, AccessType.LOCAL_ACCOUNT, username, null, null, name, null, username, isAdmin);
    }

    private static @Nullable NormalizedDetails normalize(String answer) {
        return process(new DetailsAnswer.Answered(Rows.json(answer))).told();
    }

    private static TriedDetails process(DetailsAnswer answer) {
        return new DetailsProcessor().process(new AskedDetails(new DetailsRequest(7, ID), AT, answer));
    }
}
