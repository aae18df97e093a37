package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static io.kandjietl.warehouse.SampleDevices.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.failure.ExitCode;
import io.kandjietl.warehouse.PublicationResult.AlreadyPublished;
import io.kandjietl.warehouse.PublicationResult.Published;
import io.kandjietl.warehouse.PublicationResult.Superseded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarehousePublicationIntegrationTests {

    private static final String DEVICES = "select device_id, device_name, status, archived_reason, archived_at,"
            + " first_seen_slot, last_seen_slot, changed_slot from kandji.device order by 1";
    private static final String HISTORY =
            "select device_id, device_name, status, valid_from, valid_to from kandji.device_history order by 1, 4";
    private static final String ASSIGNMENTS = "select device_id, assignee_key, user_email, user_name, valid_from,"
            + " valid_to from kandji.device_assignment order by 1, 5, 2";

    private static final String UUID_ANNA = "0a4e1f0e-0000-4000-8000-00000000a77a";

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void firstRunInsertsEveryDeviceWithItsHistoryAndAssignment() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.stage(0, device("d2").name("Spare").build());

        assertThat(warehouse.publish(0)).isEqualTo(new Published(2, 2, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly(
                        "d1 | Mac of the lobby | active | null | null | #0 | #0 | #0",
                        "d2 | Spare | active | null | null | #0 | #0 | #0");
        assertThat(warehouse.lines(HISTORY))
                .containsExactly("d1 | Mac of the lobby | active | #0 | null", "d2 | Spare | active | #0 | null");
        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u1 | anna@example.com | Anna | #0 | null");
    }

    @Test
    void everyColumnOfADeviceArrives() {
        warehouse.begin(0).stage(0, device("d1").extra("{\"api_level\":34}").build());
        warehouse.publish(0);

        assertThat(warehouse.lines("select device_name, serial_number, platform, model, os_version, os_build,"
                        + " os_version_extra, asset_tag, blueprint_id, blueprint_name, agent_version, mdm_enabled,"
                        + " agent_installed, is_missing, is_removed, lost_mode_status, tags::text,"
                        + " first_enrolled_at::text, last_enrolled_at::text, last_check_in, extra::text"
                        + " from kandji.device"))
                .containsExactly(
                        "Mac of the lobby | C02SAMPLE01 | Mac | MacBook Air (M2, 2022) | 14.4.1 | 23E224 | (a) |"
                                + " A-1 | b1 | Standard | 4.5.9 (5160) | true | true | false | false | off | {lobby} |"
                                + " 2024-05-13 20:09:23+00 | 2024-05-13 20:09:23+00 | 2026-11-23T11:58:01.123456Z |"
                                + " {\"api_level\": 34}");
    }

    @Test
    void nothingChangedWritesNoHistoryAndNoAssignment() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("d1 | Mac of the lobby | active | null | null | #0 | #1 | #0");
        assertThat(warehouse.lines(HISTORY)).containsExactly("d1 | Mac of the lobby | active | #0 | null");
        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u1 | anna@example.com | Anna | #0 | null");
    }

    @Test
    void aCheckInIsNoChange() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(
                        1,
                        device("d1").checkIn(Warehouse.slot(1).minusSeconds(61)).build());

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));
        assertThat(warehouse.lines("select last_check_in, changed_slot from kandji.device"))
                .containsExactly("2026-11-23T13:58:59Z | #0");
    }

    @Test
    void aChangedAttributeClosesOneHistoryRowAndOpensTheNext() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(
                        1,
                        device("d1")
                                .name("Mac of the yard")
                                .checkIn(Warehouse.slot(1))
                                .build());

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 1, null));

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "d1 | Mac of the lobby | active | #0 | #1", "d1 | Mac of the yard | active | #1 | null");
        assertThat(warehouse.lines("select last_check_in from kandji.device_history order by valid_from"))
                .as("the closed row keeps the check-in that it had")
                .containsExactly("2026-11-23T11:58:01.123456Z", "null");
    }

    @Test
    void aFieldThatOnlyAppearedInExtraIsKeptButIsNoChange() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").extra("{\"colour\":\"blue\"}").build());

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));

        assertThat(warehouse.lines("select extra::text, changed_slot from kandji.device"))
                .containsExactly("{\"colour\": \"blue\"} | #0");
        assertThat(warehouse.lines(HISTORY)).hasSize(1);
    }

    @Test
    void aFieldThatWasNeverSeenBeforeIsReportedOnce() {
        warehouse.begin(0).stage(0, device("d1").extra("{\"api_level\":34}").build());
        warehouse.publish(0);
        for (int slot = 1; slot <= 2; slot++) {
            warehouse
                    .begin(slot)
                    .stage(
                            slot,
                            device("d1")
                                    .extra("{\"api_level\":34,\"colour\":1,\"user\":{\"department\":\"IT\"}}")
                                    .build());
            warehouse.publish(slot);
        }

        assertThat(warehouse.lines(
                        "select source, field, first_seen_slot, device_id from kandji.field_drift order by 2"))
                .containsExactly("list | colour | #1 | d1", "list | user.department | #1 | d1");
    }

    @Test
    void aFieldWithANameLongerThanAKeyCostsNothing() {
        String name = new java.util.Random(1)
                .ints(6_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        warehouse.begin(0).stage(0, device("d1").extra("{\"" + name + "\":1}").build());

        assertThat(warehouse.publish(0)).isEqualTo(new Published(1, 1, null));
        assertThat(warehouse.lines("select length(field) from kandji.field_drift"))
                .containsExactly("255");
    }

    @Test
    void recordsWithoutAReadableIdAreCountedOneByOneAndOnceAfterARestart() {
        warehouse.begin(0);
        for (int time = 0; time < 2; time++) {
            for (int offset = 0; offset < 20; offset++) {
                warehouse.write(0, new RejectedRecord(offset, RejectedRecord.Source.LIST, null, "no id", "", "{}"));
            }
        }

        assertThatThrownBy(() -> warehouse.publish(0))
                .isInstanceOf(TooManyRejectsException.class)
                .hasMessageStartingWith("20 of 20 listed devices were rejected");
    }

    @Test
    void whatAnOverriddenRunStagedIsDeletedToo() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.begin(1).stage(1, device("d1").build());
        warehouse.publish(1);

        assertThat(warehouse.rows("select * from kandji.staged_device")).isEmpty();
    }

    @Test
    void aReassignedDeviceClosesOnePeriodAndOpensAnother() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", "u2", "ben@example.com", "Ben"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | #1", "d1 | u2 | ben@example.com | Ben | #1 | null");
        assertThat(warehouse.record(1).assignmentsOpened()).isEqualTo(1);
        assertThat(warehouse.record(1).assignmentsClosed()).isEqualTo(1);
        assertThat(warehouse.record(1).devicesChanged()).isZero();
    }

    @Test
    void anUnassignedDeviceClosesItsPeriod() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build());
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u1 | anna@example.com | Anna | #0 | #1");
    }

    @Test
    void aRenamedOrReaddressedUserOpensANewPeriodUnderTheSameKey() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna Berg"));
        warehouse.publish(1);
        warehouse.begin(2).stage(2, device("d1").build(), user("d1", "u1", "anna.berg@example.com", "Anna Berg"));
        warehouse.publish(2);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | #1",
                        "d1 | u1 | anna@example.com | Anna Berg | #1 | #2",
                        "d1 | u1 | anna.berg@example.com | Anna Berg | #2 | null");
    }

    @Test
    void anIntegerIdThatBecameAUuidUnderTheSameEmailIsRewrittenInPlace() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "4711", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", UUID_ANNA, "anna@example.com", "Anna"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly("d1 | " + UUID_ANNA + " | anna@example.com | Anna | #0 | null");
        assertThat(warehouse.lines("select user_id from kandji.device_assignment"))
                .containsExactly(UUID_ANNA);
        assertThat(warehouse.record(1).assignmentsOpened()).isZero();
    }

    @Test
    void anIntegerIdThatBecameAUuidUnderAnotherEmailIsAnotherPerson() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "4711", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", UUID_ANNA, "ben@example.com", "Ben"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | 4711 | anna@example.com | Anna | #0 | #1",
                        "d1 | " + UUID_ANNA + " | ben@example.com | Ben | #1 | null");
    }

    @Test
    void anIntegerIdWithoutEmailIsNotRewritten() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "4711", null, "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", UUID_ANNA, null, "Anna"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS)).hasSize(2);
    }

    @Test
    void aRewrittenIdWithARenamedUserKeepsBothPeriodsUnderTheNewKey() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "4711", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", UUID_ANNA, "anna@example.com", "Anna Berg"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | " + UUID_ANNA + " | anna@example.com | Anna | #0 | #1",
                        "d1 | " + UUID_ANNA + " | anna@example.com | Anna Berg | #1 | null");
    }

    @Test
    void oneUserMayHaveTwoDevices() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.stage(0, device("d2").build(), user("d2", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | null",
                        "d2 | u1 | anna@example.com | Anna | #0 | null");
    }

    @Test
    void twoUsersMaySwapTheirDevices() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.stage(0, device("d2").build(), user("d2", "u2", "ben@example.com", "Ben"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build(), user("d1", "u2", "ben@example.com", "Ben"));
        warehouse.stage(1, device("d2").build(), user("d2", "u1", "anna@example.com", "Anna"));
        warehouse.publish(1);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | #1",
                        "d1 | u2 | ben@example.com | Ben | #1 | null",
                        "d2 | u2 | ben@example.com | Ben | #0 | #1",
                        "d2 | u1 | anna@example.com | Anna | #1 | null");
    }

    @Test
    void aUserWhoComesBackOpensANewPeriod() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build());
        warehouse.publish(1);
        warehouse.begin(2).stage(2, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(2);

        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | #1", "d1 | u1 | anna@example.com | Anna | #2 | null");
    }

    @Test
    void aRemovedDeviceIsArchivedAndAllItsAssignmentsAreClosed() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.details(0, SampleDetails.of("d1").account("anna", "Anna", true));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").removed().build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(1);

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("d1 | Mac of the lobby | archived | removed | #1 | #0 | #1 | #1");
        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "d1 | Mac of the lobby | active | #0 | #1", "d1 | Mac of the lobby | archived | #1 | null");
        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly("d1 | anna | null | Anna | #0 | #1", "d1 | u1 | anna@example.com | Anna | #0 | #1");
        assertThat(warehouse.record(1).devicesArchived()).isEqualTo(1);
    }

    @Test
    void aRemovedDeviceThatStaysRemovedIsArchivedOnce() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        for (int slot = 1; slot <= 3; slot++) {
            warehouse.begin(slot).stage(slot, device("d1").removed().build());
            warehouse.publish(slot);
        }

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("d1 | Mac of the lobby | archived | removed | #1 | #0 | #3 | #1");
        assertThat(warehouse.record(2).devicesArchived()).isZero();
    }

    @Test
    void aDeviceThatReturnsIdenticalIsActiveAgain() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").removed().build());
        warehouse.publish(1);
        warehouse.jdbc.sql("update kandji.device set details_tried_at = now()").update();
        warehouse.begin(2).stage(2, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(2);

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("d1 | Mac of the lobby | active | null | null | #0 | #2 | #2");
        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "d1 | Mac of the lobby | active | #0 | #1",
                        "d1 | Mac of the lobby | archived | #1 | #2",
                        "d1 | Mac of the lobby | active | #2 | null");
        assertThat(warehouse.lines(ASSIGNMENTS))
                .containsExactly(
                        "d1 | u1 | anna@example.com | Anna | #0 | #1", "d1 | u1 | anna@example.com | Anna | #2 | null");
        assertThat(warehouse.lines("select details_tried_at from kandji.device"))
                .as("it counts as never looked up")
                .containsExactly("null");
    }

    @Test
    void aDeviceThatReturnsChangedIsActiveAsItIsNow() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").removed().build());
        warehouse.publish(1);
        warehouse.begin(2).stage(2, device("d1").name("Mac of the yard").build());
        warehouse.publish(2);

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "d1 | Mac of the lobby | active | #0 | #1",
                        "d1 | Mac of the lobby | archived | #1 | #2",
                        "d1 | Mac of the yard | active | #2 | null");
    }

    @Test
    void ofADeviceThatIsListedTwiceTheLastRowCounts() {
        warehouse.begin(0).stage(0, device("d1").name("Earlier").build(), user("d1", "u1", "a@example.com", "A"));
        warehouse.stage(0, device("d1").name("Later").build(), user("d1", "u2", "b@example.com", "B"));

        assertThat(warehouse.publish(0)).isEqualTo(new Published(1, 1, null));

        assertThat(warehouse.lines(HISTORY)).containsExactly("d1 | Later | active | #0 | null");
        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u2 | b@example.com | B | #0 | null");
    }

    @Test
    void aDeviceThatIsNotListedStaysAsItIs() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.stage(0, device("d2").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d2").build());
        warehouse.publish(1);

        assertThat(warehouse.lines(DEVICES).getFirst())
                .isEqualTo("d1 | Mac of the lobby | active | null | null | #0 | #0 | #0");
        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u1 | anna@example.com | Anna | #0 | null");
        assertThat(warehouse.record(1).devicesAbsent()).isEqualTo(1);
    }

    @Test
    void aKnownDeviceWhoseRowWasRejectedKeepsItsLastGoodRowAndCountsAsListed() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.begin(1).reject(1, "d1");

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("d1 | Mac of the lobby | active | null | null | #0 | #1 | #0");
        assertThat(warehouse.lines(ASSIGNMENTS)).containsExactly("d1 | u1 | anna@example.com | Anna | #0 | null");
        assertThat(warehouse.lines("select device_id, reason, json_pointer, payload, resolved_at, slot"
                        + " from kandji.rejected_record"))
                .containsExactly("d1 | user is a number | /user | {\"user\": 7} | null | #1");
        assertThat(warehouse.record(1).devicesRejected()).isEqualTo(1);
    }

    @Test
    void aRejectionIsResolvedOnceALaterRunAcceptsTheDevice() {
        warehouse.begin(0).reject(0, "d1");
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build());
        warehouse.publish(1);

        assertThat(warehouse.lines("select resolved_at is not null from kandji.rejected_record"))
                .containsExactly("true");
    }

    @Test
    void aRecordThatARestartReadsAgainIsRejectedOnce() {
        warehouse.begin(0).reject(0, "d1").reject(0, "d1");

        assertThat(warehouse.rows("select * from kandji.rejected_record")).hasSize(1);
    }

    @Test
    void tooManyRejectsPublishNothingAndSaySo() {
        warehouse.begin(0).stage(0, device("d0").build());
        for (int i = 1; i <= 11; i++) {
            warehouse.reject(0, "d" + i);
        }

        assertThatThrownBy(() -> warehouse.publish(0))
                .isInstanceOfSatisfying(TooManyRejectsException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.TOO_MANY_REJECTS);
                    assertThat(failure)
                            .hasMessage(
                                    "11 of 12 listed devices were rejected (more than 1 % and more than 10 records):"
                                            + " nothing was published. Most often: user is a number");
                    assertThat(failure.remedy()).contains("sync --again --accept-rejects");
                });
        assertThat(warehouse.rows("select * from kandji.device")).isEmpty();
        assertThat(warehouse.record(0).outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void acceptedRejectsArePublishedAllTheSame() {
        warehouse.begin(0).stage(0, device("d0").build());
        for (int i = 1; i <= 11; i++) {
            warehouse.reject(0, "d" + i);
        }

        assertThat(warehouse.publish(0, RejectLimits.NONE)).isEqualTo(new Published(12, 1, null));
    }

    @Test
    void aSlotOlderThanTheNewestPublishedOneIsSuperseded() {
        warehouse.begin(0).stage(0, device("d1").name("Old").build());
        warehouse.begin(1).stage(1, device("d1").name("New").build());
        warehouse.publish(1);

        assertThat(warehouse.publish(0)).isEqualTo(new Superseded(Warehouse.slot(1)));

        assertThat(warehouse.lines(HISTORY)).containsExactly("d1 | New | active | #1 | null");
    }

    @Test
    void publishingTheSameRunAgainChangesNothing() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        List<String> before = warehouse.lines(DEVICES + ", 2");

        assertThat(warehouse.publish(0)).isEqualTo(new AlreadyPublished());

        assertThat(warehouse.lines(DEVICES + ", 2")).isEqualTo(before);
        assertThat(warehouse.lines(HISTORY)).hasSize(1);
        assertThat(warehouse.lines(ASSIGNMENTS)).hasSize(1);
    }

    @Test
    void stagingIsEmptyOnceARunIsPublished() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);

        assertThat(warehouse.rows("select * from kandji.staged_device")).isEmpty();
        assertThat(warehouse.rows("select * from kandji.staged_assignment")).isEmpty();
    }

    @Test
    void anotherTenantsRowsAreLeftAlone() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse.jdbc.sql("update kandji.sync_run set tenant = 'other'").update();
        warehouse.jdbc.sql("update kandji.device set tenant = 'other'").update();
        warehouse.jdbc.sql("update kandji.device_history set tenant = 'other'").update();
        warehouse
                .jdbc
                .sql("update kandji.device_assignment set tenant = 'other'")
                .update();
        warehouse.begin(1).stage(1, device("d1").removed().build());
        warehouse.publish(1);

        assertThat(warehouse.lines("select tenant, status, last_seen_slot from kandji.device order by 1"))
                .containsExactly("acme | archived | #1", "other | active | #0");
        assertThat(warehouse.lines("select tenant, valid_to from kandji.device_assignment"))
                .containsExactly("other | null");
    }

    @Test
    void aPublicationReadsEachRowABoundedNumberOfTimes() {
        int devices = 2_000;
        for (int slot = 0; slot < 3; slot++) {
            warehouse.begin(slot);
            List<NormalizedRecord> records = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                String id = "d" + i;
                boolean rejected = i % 100 == 0;
                records.add(
                        rejected
                                ? new RejectedRecord(i, RejectedRecord.Source.LIST, id, "bad", "/user", "{}")
                                : new AcceptedDevice(
                                        i,
                                        device(id)
                                                .name("Mac " + (i + slot) / 50)
                                                .build(),
                                        List.of(user(id, "u" + (i + slot) / 50, null, "U"))));
            }
            warehouse.write(slot, records.toArray(NormalizedRecord[]::new));
            List<SampleDetails> details = new ArrayList<>();
            for (int i = 1; i < devices; i += 2) {
                details.add(SampleDetails.of("d" + i)
                        .hardware("udid " + (i + slot) / 50, "Mac14,2")
                        .account("local " + (i + slot) / 50, null, true));
            }
            warehouse.details(slot, details);
            Run run = warehouse.run(slot);
            Long read = warehouse.transaction.execute(status -> {
                long before = rowsRead();
                warehouse.publication.publish(run, RejectLimits.NONE, ArchivalGuard.STANDARD);
                return rowsRead() - before;
            });
            assertThat(read).as("rows read in slot %d", slot).isLessThan(50L * devices);
        }
    }

    /** By the transaction so far, and by what its connection did before and the server has not collected yet. */
    private long rowsRead() {
        return warehouse
                .jdbc
                .sql("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint"
                        + " from pg_stat_xact_user_tables")
                .query(Long.class)
                .single();
    }
}
