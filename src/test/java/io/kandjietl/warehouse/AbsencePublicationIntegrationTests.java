package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.device.TriedDetails.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.infrastructure.item.Chunk;

/** What becomes of devices that the listing does not show, or says to be removed. */
class AbsencePublicationIntegrationTests {

    private static final Instant AT = Instant.parse("2026-11-23T14:01:00Z");

    private static final String STATUS =
            "select device_id, status, archived_reason, archived_at, absent_since_slot, unlisted from kandji.device"
                    + " order by device_id";

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aConfirmedAbsenceArchivesTheDeviceAndEndsItsAssignments() {
        warehouse.begin(0).stage(0, SampleDevices.device("d1").build());
        warehouse.stage(
                0, SampleDevices.device("d2").build(), SampleDevices.user("d2", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, SampleDevices.device("d1").build());
        asked(1, -2, "d1", Verdict.THERE);
        asked(1, -1, "d2", Verdict.UNKNOWN);
        asked(1, -1, "d1", Verdict.THERE);

        warehouse.publish(1);

        assertThat(warehouse.lines(STATUS))
                .containsExactly("d1 | active | null | null | null | false", "d2 | archived | gone | #1 | #1 | false");
        assertThat(warehouse.lines("select status, valid_from, valid_to from kandji.device_history"
                        + " where device_id = 'd2' order by valid_from"))
                .containsExactly("active | #0 | #1", "archived | #1 | null");
        assertThat(warehouse.lines("select valid_from, valid_to, changed_slot from kandji.device_assignment"))
                .containsExactly("#0 | #1 | #1");
        assertThat(warehouse.record(1))
                .returns(1L, SyncRun::devicesArchived)
                .returns(1L, SyncRun::devicesChanged)
                .returns(0L, SyncRun::devicesAbsent)
                .returns(1L, SyncRun::assignmentsClosed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            no witness at all | - | -
            only before | -3 | -
            only after | - | -1
            both before | -4 | -3
            both after | -1 | 5
            the one after among the details | -3 | 5
            """)
    void withoutAWitnessBeforeAndAfterNothingIsBelieved(String name, @Nullable Long one, @Nullable Long other) {
        twoDevicesOfWhichOneIsAbsent();
        if (one != null) {
            asked(1, one, "d1", Verdict.THERE);
        }
        asked(1, -2, "d2", Verdict.UNKNOWN);
        if (other != null) {
            asked(1, other, "d1", Verdict.THERE);
        }

        warehouse.publish(1);

        assertThat(warehouse.lines(STATUS))
                .as(name)
                .containsExactly("d1 | active | null | null | null | false", "d2 | active | null | null | #1 | false");
    }

    @Test
    void anUnlistedDeviceIsNoWitness() {
        warehouse.begin(0);
        List.of("d1", "d2", "d3")
                .forEach(id -> warehouse.stage(0, SampleDevices.device(id).build()));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, SampleDevices.device("d1").build());
        asked(1, -3, "d3", Verdict.THERE);
        asked(1, -2, "d2", Verdict.UNKNOWN);
        asked(1, -1, "d3", Verdict.THERE);

        warehouse.publish(1);

        assertThat(warehouse.lines(STATUS))
                .containsExactly(
                        "d1 | active | null | null | null | false",
                        "d2 | active | null | null | #1 | false",
                        "d3 | active | null | null | #1 | true");
    }

    @Test
    void anUnlistedDeviceThatIsGoneIsAbsentFirstSoThatTheGuardWeighsIt() {
        twoDevicesOfWhichOneIsAbsent();
        asked(1, -1, "d2", Verdict.THERE);
        warehouse.publish(1);
        warehouse.begin(2).stage(2, SampleDevices.device("d1").build());
        confirm(2, "d1", "d2");
        warehouse.publish(2);

        assertThat(warehouse.lines(STATUS)).contains("d2 | active | null | null | #1 | false");

        warehouse.begin(3).stage(3, SampleDevices.device("d1").build());
        confirm(3, "d1", "d2");
        warehouse.publish(3);

        assertThat(warehouse.lines(STATUS)).contains("d2 | archived | gone | #3 | #1 | false");
    }

    @Test
    void aListedDeviceThatDetailsDoNotKnowIsNotArchived() {
        twoDevicesOfWhichOneIsAbsent();
        asked(1, -3, "d1", Verdict.THERE);
        asked(1, -2, "d1", Verdict.UNKNOWN);
        asked(1, -1, "d1", Verdict.THERE);

        warehouse.publish(1);

        assertThat(warehouse.lines("select status from kandji.device")).containsOnly("active");
    }

    @Test
    void aDeviceThatIsThereThoughNotListedKeepsWhatTheListSaidAndMovesByItsDetails() {
        Assignment user = SampleDevices.user("d2", "u1", "anna@example.com", "Anna");
        warehouse.begin(0).stage(0, SampleDevices.device("d1").build());
        warehouse.stage(0, SampleDevices.device("d2").build(), user);
        warehouse.publish(0);
        warehouse.begin(1).stage(1, SampleDevices.device("d1").build());
        warehouse.details(1, SampleDetails.full("d2"));

        warehouse.publish(1);

        assertThat(warehouse.lines(STATUS)).contains("d2 | active | null | null | #1 | true");
        assertThat(warehouse.lines("select num_nulls(device_name, udid, details_as_of) from kandji.device"
                        + " where device_id = 'd2'"))
                .containsExactly("0");
        assertThat(warehouse.lines("select valid_to from kandji.device_assignment where access_type = 'assigned_user'"))
                .containsExactly("null");

        warehouse.begin(2).stage(2, SampleDevices.device("d1").build());
        warehouse.publish(2);
        assertThat(warehouse.lines(STATUS)).as("since when").contains("d2 | active | null | null | #1 | true");

        warehouse.begin(3).stage(3, SampleDevices.device("d1").build());
        warehouse.stage(3, SampleDevices.device("d2").build(), user);
        warehouse.publish(3);
        assertThat(warehouse.lines(STATUS)).as("listed again").contains("d2 | active | null | null | null | false");
    }

    @Test
    void aDeviceThatReturnsIsActiveAndCountsAsNeverLookedUp() {
        twoDevicesOfWhichOneIsAbsent();
        confirm(1, "d1", "d2");
        warehouse.publish(1);
        warehouse.begin(2).stage(2, SampleDevices.device("d1").build());
        warehouse.stage(2, SampleDevices.device("d2").build());

        warehouse.publish(2);

        assertThat(warehouse.lines(STATUS)).contains("d2 | active | null | null | null | false");
        assertThat(warehouse.lines("select details_tried_at from kandji.device where device_id = 'd2'"))
                .containsExactly("null");
        assertThat(warehouse.lines("select status, valid_from, valid_to from kandji.device_history"
                        + " where device_id = 'd2' order by valid_from"))
                .containsExactly("active | #0 | #1", "archived | #1 | #2", "active | #2 | null");
    }

    @Test
    void aDeviceThatIsGoneAndThenListedAsRemovedStaysArchived() {
        twoDevicesOfWhichOneIsAbsent();
        confirm(1, "d1", "d2");
        warehouse.publish(1);
        warehouse.begin(2).stage(2, SampleDevices.device("d1").build());
        warehouse.stage(2, SampleDevices.device("d2").removed().build());

        warehouse.publish(2);

        assertThat(warehouse.lines(STATUS)).contains("d2 | archived | removed | #1 | null | false");
        assertThat(warehouse.record(2).devicesArchived()).isZero();
    }

    @Test
    void aRejectedRowWithoutReadableIdMayBeTheAbsentDevice() {
        twoDevicesOfWhichOneIsAbsent();
        warehouse.rejectWithoutId(1);
        confirm(1, "d1", "d2");

        warehouse.publish(1);

        assertThat(warehouse.lines(STATUS)).contains("d2 | active | null | null | #1 | false");
    }

    @Test
    void tooManyAtOnceAreHeldBackAndTheRestIsPublished() {
        fleetOf(100);
        warehouse.begin(1);
        IntStream.range(20, 100).forEach(i -> warehouse.stage(1, device(i, 25)));
        warehouse.stage(1, SampleDevices.device("new").build());
        asked(1, -3, id(50), Verdict.THERE);
        asked(1, -2, id(3), Verdict.UNKNOWN);
        asked(1, -1, id(50), Verdict.THERE);

        assertThat(warehouse.publish(1))
                .isEqualTo(new PublicationResult.Published(
                        81, 6, "25 of 100 active devices would be archived: more than 10 %"));

        assertThat(warehouse.lines("select status, is_removed, count(*) from kandji.device group by 1, 2 order by 2"))
                .containsExactly("active | false | 96", "active | true | 5");
        assertThat(warehouse.lines("select slot, reason, accepted_at, count(*) from kandji.held_archival"
                        + " group by 1, 2, 3 order by 2"))
                .containsExactly("#1 | gone | null | 20", "#1 | removed | null | 5");
        assertThat(warehouse.record(1))
                .returns(true, SyncRun::archivalHeld)
                .returns(25L, SyncRun::devicesHeld)
                .returns(0L, SyncRun::devicesArchived)
                .returns(20L, SyncRun::devicesAbsent);
    }

    @Test
    void whatIsHeldForManySlotsMakesNoHistoryAndLeavesTheLastThreeSlots() {
        fleetOf(100);
        for (int slot = 1; slot <= 5; slot++) {
            warehouse.begin(slot);
            int now = slot;
            IntStream.range(0, 100).forEach(i -> warehouse.stage(now, device(i, 30)));
            warehouse.publish(slot);
        }

        assertThat(warehouse.lines(
                        "select count(*) from kandji.device_history where valid_from > '" + Warehouse.slot(1) + "'"))
                .containsExactly("0");
        assertThat(warehouse.lines("select slot, count(*) from kandji.held_archival group by 1 order by 1"))
                .containsExactly("#3 | 30", "#4 | 30", "#5 | 30");
    }

    @Test
    void whatWasAcceptedIsArchivedWithoutBeingCountedAndOnlyWhatIsConfirmed() {
        fleetOf(100);
        listed(1, 30, 100);
        warehouse.publish(1);
        accept(1);
        listed(2, 30, 95);
        asked(2, -41, id(50), Verdict.THERE);
        IntStream.range(0, 10).forEach(i -> asked(2, i - 40, id(i), Verdict.UNKNOWN));
        asked(2, -31, id(50), Verdict.THERE);

        assertThat(warehouse.publish(2)).isEqualTo(new PublicationResult.Published(65, 10, null));

        assertThat(warehouse.record(2)).returns(10L, SyncRun::devicesArchived).returns(false, SyncRun::archivalHeld);
        assertThat(warehouse.lines("select count(*) from kandji.held_archival")).containsExactly("20");

        listed(3, 30, 95);
        asked(3, -41, id(50), Verdict.THERE);
        IntStream.range(10, 30).forEach(i -> asked(3, i - 50, id(i), Verdict.UNKNOWN));
        asked(3, -1, id(50), Verdict.THERE);
        warehouse.publish(3);

        assertThat(warehouse.record(3).devicesArchived()).isEqualTo(20);
        assertThat(warehouse.lines("select count(*) from kandji.held_archival")).containsExactly("0");
    }

    @Test
    void whatWasAcceptedIsForgottenOnceTheDeviceIsBack() {
        fleetOf(100);
        listed(1, 30, 100);
        warehouse.publish(1);
        accept(1);
        listed(2, 0, 100);
        warehouse.publish(2);

        assertThat(warehouse.lines("select count(*) from kandji.held_archival")).containsExactly("0");
        listed(3, 30, 100);
        warehouse.publish(3);
        assertThat(warehouse.record(3)).returns(30L, SyncRun::devicesHeld);
    }

    @Test
    void removedDevicesThatWereAcceptedAreArchived() {
        fleetOf(100);
        for (int slot = 1; slot <= 2; slot++) {
            warehouse.begin(slot);
            int now = slot;
            IntStream.range(0, 100).forEach(i -> warehouse.stage(now, device(i, 30)));
            warehouse.publish(slot);
            accept(slot);
        }

        assertThat(warehouse.lines(
                        "select status, archived_reason, count(*) from kandji.device group by 1, 2 order by 1"))
                .containsExactly("active | null | 70", "archived | removed | 30");
        assertThat(warehouse.lines("select count(*) from kandji.held_archival")).containsExactly("0");
    }

    @Test
    void anEmptyListingArchivesNothing() {
        fleetOf(5);
        warehouse.begin(1);

        assertThat(warehouse.publish(1))
                .isEqualTo(new PublicationResult.Published(
                        0, 0, "5 of 5 active devices would be archived: the listing shows no device at all"));
        assertThat(warehouse.lines("select status, count(*) from kandji.device group by 1"))
                .containsExactly("active | 5");
    }

    @Test
    void aTenantThatBecameAnotherOneArchivesNothing() {
        fleetOf(60);
        listed(1, 1_000, 1_700);

        warehouse.publish(1);

        assertThat(warehouse.record(1)).returns(60L, SyncRun::devicesHeld);
        assertThat(warehouse.lines("select status, count(*) from kandji.device group by 1"))
                .containsExactly("active | 760");
    }

    @Test
    void aTenantThatStaysAnotherOneArchivesNothingEither() {
        fleetOf(60);
        listed(1, 1_000, 1_700);
        warehouse.publish(1);
        listed(2, 1_000, 1_700);
        asked(2, -61, id(1_000), Verdict.THERE);
        IntStream.range(0, 60).forEach(i -> asked(2, i - 60, id(i), Verdict.UNKNOWN));
        asked(2, -1, id(1_000), Verdict.THERE);

        warehouse.publish(2);

        assertThat(warehouse.record(2)).as("60 of 760 are few, but were held").returns(60L, SyncRun::devicesHeld);
        assertThat(warehouse.lines("select status, count(*) from kandji.device group by 1"))
                .containsExactly("active | 760");
    }

    @Test
    void devicesThatAreThereThoughNotListedAreNeverCounted() {
        fleetOf(100);
        listed(1, 15, 100);
        IntStream.range(0, 15).forEach(i -> asked(1, i - 15, id(i), Verdict.THERE));
        warehouse.publish(1);
        listed(2, 30, 100);

        assertThat(warehouse.publish(2)).isEqualTo(new PublicationResult.Published(70, 0, null));
    }

    private void twoDevicesOfWhichOneIsAbsent() {
        warehouse.begin(0).stage(0, SampleDevices.device("d1").build());
        warehouse.stage(0, SampleDevices.device("d2").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, SampleDevices.device("d1").build());
    }

    private void fleetOf(int devices) {
        listed(0, 0, devices);
        warehouse.publish(0);
    }

    private void listed(int slot, int from, int to) {
        warehouse.begin(slot);
        IntStream.range(from, to)
                .forEach(i -> warehouse.stage(slot, SampleDevices.device(id(i)).build()));
    }

    private void confirm(int slot, String witness, String absent) {
        asked(slot, -2, witness, Verdict.THERE);
        asked(slot, -1, absent, Verdict.UNKNOWN);
        asked(slot, -1, witness, Verdict.THERE);
    }

    private void asked(int slot, long position, String deviceId, Verdict verdict) {
        warehouse.transaction.executeWithoutResult(status -> new DetailsStagingWriter(
                        warehouse.dataSource, warehouse.lease, warehouse.clock, warehouse.run(slot))
                .write(Chunk.of(new TriedDetails(position, deviceId, AT, verdict, null))));
    }

    private void accept(int slot) {
        warehouse
                .jdbc
                .sql("update kandji.held_archival set accepted_at = now() where slot = ?::timestamptz")
                .param(Warehouse.slot(slot).toString())
                .update();
    }

    private static Device device(int number, int firstNotRemoved) {
        SampleDevices.Builder device = SampleDevices.device(id(number));
        return number < firstNotRemoved ? device.removed().build() : device.build();
    }

    private static String id(int number) {
        return String.format("d%04d", number);
    }
}
