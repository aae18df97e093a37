package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static io.kandjietl.warehouse.SampleDevices.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.device.Device;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The functions that answer for the past: {@code kandji.device_at} and {@code kandji.who_had}. */
class PastIntegrationTests {

    private static final String PERIODS =
            "select answer, device_id, user_email, observed_before, valid_from, observed_last, valid_to, slots_observed";

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aDeviceIsAsTheNewestSlotBeforeTheMomentSawIt() {
        warehouse.begin(0).stage(0, device("d1").name("Old").build(), anna("d1"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").name("New").build(), ben("d1"));
        warehouse.publish(1);

        assertThat(at("2026-11-23T13:59:59.999999Z")).containsExactly("d1 | Old | anna@example.com | #0 | #1");
        assertThat(at("2026-11-23T14:00:00Z")).containsExactly("d1 | New | ben@example.com | #1 | null");
        assertThat(at("2027-06-01T00:00:00Z")).containsExactly("d1 | New | ben@example.com | #1 | null");
        assertThat(at("2026-11-23T11:59:59Z")).as("nothing was observed yet").isEmpty();
        assertThat(warehouse.lines("select * from kandji.device_at('other', now())"))
                .isEmpty();
    }

    @Test
    void aSlotThatFailedIsNoObservation() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.begin(1);
        warehouse.begin(2).stage(2, device("d1").build());
        warehouse.publish(2);

        assertThat(at("2026-11-23T15:00:00Z")).containsExactly("d1 | Mac of the lobby | null | #0 | #2");
    }

    @Test
    void aDeviceThatLeftIsArchivedThenAndWithoutItsUser() {
        warehouse.begin(0).stage(0, device("d1").build(), anna("d1"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").removed().build(), anna("d1"));
        warehouse.publish(1);

        assertThat(warehouse.lines("select at.status, at.archived_reason, at.assigned_user_email, at.is_removed"
                        + " from generate_series(0, 1) slot,"
                        + " kandji.device_at('acme', timestamptz '2026-11-23 12:30Z' + slot * interval '2 hours') at"
                        + " order by slot"))
                .containsExactly("active | null | anna@example.com | false", "archived | removed | null | true");
    }

    @Test
    void beforeDetailsWereAnsweredTheyAreUnknownAndNotDifferent() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.full("d1").at(Instant.parse("2026-11-23T14:10:00Z")));
        warehouse.publish(1);

        assertThat(details("2026-11-23T13:00:00Z")).containsExactly("unknown | null | null | null | null | null");
        assertThat(details("2026-11-23T14:09:59Z")).containsExactly("unknown | null | null | null | null | null");
        assertThat(details("2026-11-23T14:10:00Z"))
                .containsExactly("encrypted | true | udid-1 | Mac14,2 | true | 2026-11-23T14:10:00Z");
    }

    @Test
    void theTimeOfTheLastAnswerBeforeTheMomentIsToldAsPreciselyAsItIsKept() {
        told(0, "12:10", true);
        told(1, "14:10", true);
        told(2, "16:10", true);
        assertThat(details("2026-11-23T17:00:00Z")).as("the last one").containsExactly(encrypted("16:10"));
        assertThat(details("2026-11-23T15:00:00Z"))
                .as("of those before it the first is kept")
                .containsExactly(encrypted("12:10"));

        told(3, "18:10", false);
        assertThat(details("2026-11-23T17:00:00Z"))
                .as("kept when the period ended")
                .containsExactly(encrypted("16:10"));
        assertThat(details("2026-11-23T18:05:00Z"))
                .as("the slot whose answer changed it, the answer itself being later")
                .containsExactly("unencrypted | false | udid-1 | Mac14,2 | true | #3");
        assertThat(details("2026-11-23T19:00:00Z"))
                .containsExactly("unencrypted | false | udid-1 | Mac14,2 | true | 2026-11-23T18:10:00Z");

        told(4, "20:10", false);
        warehouse.begin(5).stage(5, device("d1").name("Renamed").build());
        warehouse.publish(5);
        told(6, device("d1").name("Renamed").build(), "23:10", false);
        assertThat(details("2026-11-23T22:30:00Z"))
                .as("no answer came in between: what the row before had")
                .containsExactly("unencrypted | false | udid-1 | Mac14,2 | true | 2026-11-23T20:10:00Z");
    }

    @Test
    void encryptionSaysWhetherItCanBeSaid() {
        assertThat(warehouse.lines("select kandji.encryption(platform, filevault)"
                        + " from (values (1, 'Mac', true), (2, 'Mac', false), (3, 'Mac', null), (4, 'mac', null),"
                        + " (5, null, null), (6, 'iPhone', null), (7, 'Windows', null), (8, 'Vision', null))"
                        + " as device (number, platform, filevault) order by number"))
                .containsExactly(
                        "encrypted",
                        "unencrypted",
                        "unknown",
                        "unknown",
                        "unknown",
                        "not_applicable",
                        "not_applicable",
                        "not_applicable");
    }

    @Test
    void aPeriodIsDatedByTheSlotsBetweenWhichItBeganAndEnded() {
        assignedInTurn();

        assertThat(whoHad("C02SAMPLE01", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .containsExactly(
                        "had | d1 | anna@example.com | null | #0 | #1 | #2 | 5",
                        "had | d1 | ben@example.com | #1 | #2 | #4 | null | 5");
        assertThat(whoHad("C02SAMPLE01", "2026-11-23T16:00Z", "2026-11-23T16:01Z"))
                .as("from valid_from on, and valid_to is not in it")
                .containsExactly("had | d1 | ben@example.com | #1 | #2 | #4 | null | 1");
        assertThat(whoHad("C02SAMPLE01", "2026-11-23T12:30Z", "2026-11-23T16:00Z"))
                .as("the time's end is not in it")
                .containsExactly("had | d1 | anna@example.com | null | #0 | #1 | #2 | 1");
        assertThat(warehouse.lines(PERIODS + " from kandji.who_had('acme', ' c02sample01 ', null, null)"))
                .as("without bounds, in any case")
                .hasSize(2);
    }

    @Test
    void whereThereIsNoPeriodOneRowSaysWhy() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.begin(20).stage(20, device("d1").build(), anna("d1"));
        warehouse.publish(20);

        assertThat(whoHad("C02SAMPLE01", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .containsExactly("nobody | null | null | null | null | null | null | 1");
        assertThat(whoHad("C02SAMPLE01", "2026-11-23T12:30Z", "2026-11-23T12:31Z"))
                .as("between two slots, shortly after one")
                .containsExactly("nobody | null | null | #0 | null | null | null | 0");
        assertThat(whoHad("C02SAMPLE01", "2026-11-24T00:00Z", "2026-11-25T00:00Z"))
                .as("a day without a slot")
                .containsExactly("not observed | null | null | #0 | null | null | null | 0");
        assertThat(whoHad("C02SAMPLE01", "2026-11-01T00:00Z", "2026-11-02T00:00Z"))
                .as("before the first slot")
                .containsExactly("not observed | null | null | null | null | null | null | 0");
        assertThat(whoHad("C02OTHER", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .containsExactly("unknown serial | null | null | null | null | null | null | 1");
        assertThat(warehouse.lines("select answer from kandji.who_had('other', 'C02SAMPLE01', null, null)"))
                .containsExactly("unknown serial");
    }

    @Test
    void everyDeviceOfTheSerialIsAskedAndOnlyWhileItHadIt() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build(), anna("d1"))
                .stage(0, device("d2").build(), ben("d2"));
        warehouse.publish(0);
        Device other = serial("d2", "C02OTHER");
        warehouse.begin(1).stage(1, device("d1").build(), anna("d1")).stage(1, other, ben("d2"));
        warehouse.publish(1);

        assertThat(whoHad("C02SAMPLE01", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .containsExactly(
                        "had | d1 | anna@example.com | null | #0 | #1 | null | 2",
                        "had | d2 | ben@example.com | null | #0 | #1 | null | 2");
        assertThat(whoHad("C02SAMPLE01", "2026-11-23T14:00Z", "2026-11-24T00:00Z"))
                .containsExactly("had | d1 | anna@example.com | null | #0 | #1 | null | 1");
        assertThat(whoHad("c02other", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .containsExactly("had | d2 | ben@example.com | null | #0 | #1 | null | 2");
    }

    @Test
    void ofATimeWhoseHistoryWasPrunedNobodyIsNeverSaid() {
        assignedInTurn();
        warehouse.begin(5).stage(5, device("d1").build());
        warehouse.publish(5);
        new Pruning(warehouse.jdbc, warehouse.transaction, warehouse.lease, Warehouse.TENANT)
                .pruneHistory(Warehouse.slot(4).plusSeconds(60));
        String horizon = "2026-11-23T20:01:00Z";

        assertThat(whoHadSince("C02SAMPLE01", "'2026-11-23T12:00Z'", "'2026-11-23T16:00Z'"))
                .as("Anna's period went, and a slot was published shortly before the horizon")
                .containsExactly("not observed | null | " + horizon);
        assertThat(whoHadSince("C02SAMPLE01", "'2026-11-23T12:00Z'", "'2026-11-24T00:00Z'"))
                .as("over the horizon those who are named may not be all")
                .containsExactly("had | ben@example.com | " + horizon);
        assertThat(whoHadSince("C02SAMPLE01", "'2026-11-23T22:00Z'", "'2026-11-24T00:00Z'"))
                .containsExactly("nobody | null | " + horizon);

        warehouse.begin(6).stage(6, device("d1").build());
        warehouse.publish(6);
        new Pruning(warehouse.jdbc, warehouse.transaction, warehouse.lease, Warehouse.TENANT)
                .pruneHistory(Warehouse.slot(6).plusSeconds(-60));
        assertThat(whoHadSince("C02SAMPLE01", "'2026-11-23T12:00Z'", "'2026-11-24T12:00Z'"))
                .as("a slot after the horizon does not tell of the time before it")
                .containsExactly("not observed | null | 2026-11-23T23:59:00Z");
        assertThat(whoHadSince("C02SAMPLE01", "null", "null"))
                .as("who asks for all that is known gets it")
                .containsExactly("nobody | null | 2026-11-23T23:59:00Z");
    }

    @Test
    void localAccountsAreToldBesideTheAssignedUser() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build(), anna("d1"))
                .details(0, SampleDetails.full("d1").account("anna", "Anna A", true));
        warehouse.publish(0);

        assertThat(warehouse.lines("select access_type, user_email, username, user_name, is_admin, user_id"
                        + " from kandji.who_had('acme', 'C02SAMPLE01', '2026-11-23', '2026-11-24')"))
                .containsExactly(
                        "assigned_user | anna@example.com | null | Anna | null | u1",
                        "local_account | null | anna | Anna A | true | null");
    }

    @Test
    void aQuestionThatIsNoneSaysHowToAsk() {
        assertThatThrownBy(() -> whoHad("C02SAMPLE01", "2026-11-24T00:00Z", "2026-11-23T00:00Z"))
                .rootCause()
                .hasMessageContaining("is not after its beginning")
                .hasMessageContaining("Hint: A day is from its midnight to the next");
        assertThatThrownBy(() -> whoHad("  ", "2026-11-23T00:00Z", "2026-11-24T00:00Z"))
                .rootCause()
                .hasMessageContaining("There is no serial number to look for");
    }

    private void assignedInTurn() {
        for (int slot : List.of(0, 1)) {
            warehouse.begin(slot).stage(slot, device("d1").build(), anna("d1"));
            warehouse.publish(slot);
        }
        for (int slot : List.of(2, 3, 4)) {
            warehouse.begin(slot).stage(slot, device("d1").build(), ben("d1"));
            warehouse.publish(slot);
        }
    }

    private void told(int slot, String time, boolean filevault) {
        told(slot, device("d1").build(), time, filevault);
    }

    private void told(int slot, Device device, String time, boolean filevault) {
        warehouse
                .begin(slot)
                .stage(slot, device)
                .details(
                        slot,
                        SampleDetails.full("d1").filevault(filevault).at(Instant.parse("2026-11-23T" + time + ":00Z")));
        warehouse.publish(slot);
    }

    private static String encrypted(String time) {
        return "encrypted | true | udid-1 | Mac14,2 | true | 2026-11-23T" + time + ":00Z";
    }

    private static Device serial(String deviceId, String serial) {
        SampleDevices.Builder builder = device(deviceId);
        builder.serial = serial;
        return builder.build();
    }

    private static io.kandjietl.device.Assignment anna(String deviceId) {
        return user(deviceId, "u1", "anna@example.com", "Anna");
    }

    private static io.kandjietl.device.Assignment ben(String deviceId) {
        return user(deviceId, "u2", "ben@example.com", "Ben");
    }

    private List<String> at(String moment) {
        return warehouse.lines("select device_id, device_name, assigned_user_email, observed_before, observed_after"
                + " from kandji.device_at('acme', '" + moment + "') order by device_id");
    }

    private List<String> details(String moment) {
        return warehouse.lines("select encryption, filevault_enabled, udid, model_identifier, is_supervised,"
                + " details_verified_after from kandji.device_at('acme', '" + moment + "')");
    }

    private List<String> whoHad(String serial, String from, String to) {
        return warehouse.lines(
                PERIODS + " from kandji.who_had('acme', '" + serial + "', '" + from + "', '" + to + "')");
    }

    private List<String> whoHadSince(String serial, String from, String to) {
        return warehouse.lines("select answer, user_email, known_from from kandji.who_had('acme', '" + serial + "', "
                + from + ", " + to + ")");
    }
}
