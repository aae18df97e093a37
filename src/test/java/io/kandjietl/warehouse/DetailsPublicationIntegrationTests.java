package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static io.kandjietl.warehouse.SampleDevices.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.warehouse.PublicationResult.Published;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What details answers do to devices, their history and their local accounts. */
class DetailsPublicationIntegrationTests {

    private static final String DEVICES = "select udid, model_identifier, is_supervised, filevault_enabled,"
            + " details_as_of, details_tried_at, changed_slot from kandji.device order by device_id";
    private static final String HISTORY = "select device_name, udid, filevault_enabled, valid_from, valid_to,"
            + " details_as_of, details_first_as_of from kandji.device_history order by device_id, valid_from";
    private static final String ACCOUNTS = "select assignee_key, username, user_name, is_admin, valid_from, valid_to,"
            + " changed_slot from kandji.device_assignment where access_type = 'local_account' order by 1, 5";

    private static final String FIRST = "2026-11-23T12:10:00.123456Z";
    private static final String SECOND = "2026-11-23T14:10:00Z";
    private static final Instant SECOND_AT = Instant.parse(SECOND);

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aNewDevicesFirstRowHasItsDetails() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));

        assertThat(warehouse.publish(0)).isEqualTo(new Published(1, 1, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("udid-1 | Mac14,2 | true | true | " + FIRST + " | " + FIRST + " | #0");
        assertThat(warehouse.lines(HISTORY))
                .containsExactly("Mac of the lobby | udid-1 | true | #0 | null | null | " + FIRST);
        assertThat(warehouse.lines(
                        "select details_fetched, details_unknown, details_oldest_as_of from kandji.sync_run"))
                .containsExactly("1 | 0 | " + FIRST);
    }

    @Test
    void theFirstDetailsFillTheOpenRowAndAreNoChange() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.full("d1").at(SECOND_AT));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));

        assertThat(warehouse.lines(HISTORY))
                .containsExactly("Mac of the lobby | udid-1 | true | #0 | null | null | " + SECOND);
        assertThat(warehouse.lines("select changed_slot from kandji.device")).containsExactly("#0");
    }

    @Test
    void theFirstDetailsOfADeviceThatChangedInTheListingBelongToTheNewRow() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").name("Yard").build())
                .details(1, SampleDetails.full("d1").at(SECOND_AT));
        warehouse.publish(1);

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "Mac of the lobby | null | null | #0 | #1 | null | null",
                        "Yard | udid-1 | true | #1 | null | null | " + SECOND);
    }

    @Test
    void changedDetailsCloseOneRowAndOpenTheNext() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.full("d1").filevault(false).at(SECOND_AT));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 1, null));

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "Mac of the lobby | udid-1 | true | #0 | #1 | " + FIRST + " | " + FIRST,
                        "Mac of the lobby | udid-1 | false | #1 | null | null | " + FIRST);
        assertThat(warehouse.lines("select filevault_enabled, changed_slot, details_as_of from kandji.device"))
                .containsExactly("false | #1 | " + SECOND);
    }

    @Test
    void aDeviceThatChangedInListingAndDetailsHasOneNewRow() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").name("Yard").build())
                .details(1, SampleDetails.full("d1").filevault(false).at(SECOND_AT));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 1, null));

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "Mac of the lobby | udid-1 | true | #0 | #1 | " + FIRST + " | " + FIRST,
                        "Yard | udid-1 | false | #1 | null | null | " + FIRST);
    }

    @Test
    void unchangedDetailsMoveOnlyTheirAge() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.full("d1").at(SECOND_AT));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(1, 0, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("udid-1 | Mac14,2 | true | true | " + SECOND + " | " + SECOND + " | #0");
        assertThat(warehouse.lines(HISTORY)).hasSize(1);
    }

    @Test
    void aSectionThatTheAnswerDoesNotCarryLeavesItsColumns() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.of("d1").supervised(null).at(SECOND_AT));
        warehouse.publish(1);

        assertThat(warehouse.lines(DEVICES))
                .containsExactly("udid-1 | Mac14,2 | null | true | " + SECOND + " | " + SECOND + " | #1");
    }

    @Test
    void anAttemptWithoutAnswerMovesOnlyItsTime() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.stage(0, device("d2").build());
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .stage(1, device("d2").build())
                .details(1, SampleDetails.failed("d1").at(SECOND_AT))
                .details(1, SampleDetails.failed("d2").at(SECOND_AT));

        assertThat(warehouse.publish(1)).isEqualTo(new Published(2, 0, null));

        assertThat(warehouse.lines(DEVICES))
                .containsExactly(
                        "udid-1 | Mac14,2 | true | true | " + FIRST + " | " + SECOND + " | #0",
                        "null | null | null | null | null | " + SECOND + " | #0");
        assertThat(warehouse.lines("select status from kandji.device")).containsOnly("active");
        assertThat(warehouse.lines("select details_fetched, details_unknown, details_oldest_as_of"
                        + " from kandji.sync_run where details_fetched = 0"))
                .containsExactly("0 | 1 | " + FIRST);
    }

    @Test
    void aRejectedAnswerIsQuarantinedUntilALaterOneIsUsed() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.rejected("d1"));

        assertThat(warehouse.publish(0)).isEqualTo(new Published(1, 1, null));

        String rejected =
                "select source, device_id, reason, json_pointer, resolved_at is null from kandji.rejected_record";
        assertThat(warehouse.lines(rejected)).containsExactly("details | d1 | /mdm is a number | /mdm | true");
        assertThat(warehouse.record(0).devicesRejected()).isZero();
        warehouse.begin(1).stage(1, device("d1").build());
        warehouse.publish(1);
        assertThat(warehouse.lines(rejected))
                .as("the listing alone")
                .containsExactly("details | d1 | /mdm is a number | /mdm | true");
        warehouse.begin(2).stage(2, device("d1").build()).details(2, SampleDetails.full("d1"));
        warehouse.publish(2);
        assertThat(warehouse.lines(rejected)).containsExactly("details | d1 | /mdm is a number | /mdm | false");
    }

    @Test
    void manyRejectedAnswersStopNothing() {
        warehouse.begin(0);
        for (int i = 0; i < 20; i++) {
            warehouse.stage(0, device("d" + i).build()).details(0, SampleDetails.rejected("d" + i));
        }

        assertThat(warehouse.publish(0)).isEqualTo(new Published(20, 20, null));
    }

    @Test
    void aDeviceThatWasAskedForTwiceKeepsItsAnswer() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build())
                .details(0, SampleDetails.full("d1").filevault(false))
                .details(0, SampleDetails.full("d1"))
                .details(0, SampleDetails.failed("d1"));
        warehouse.publish(0);

        assertThat(warehouse.lines("select filevault_enabled from kandji.device"))
                .containsExactly("true");
    }

    @Test
    void aDeviceThatIsNotListedMovesItsDetailsAlone() {
        warehouse.begin(0).stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d2").build())
                .details(1, SampleDetails.full("d1").account("a", "A", true));
        warehouse.publish(1);

        assertThat(warehouse.lines("select udid, last_seen_slot, status from kandji.device where device_id = 'd1'"))
                .containsExactly("udid-1 | #0 | active");
        assertThat(warehouse.lines("select assignee_key, valid_to from kandji.device_assignment order by 1"))
                .containsExactly("a | null", "u1 | null");
    }

    @Test
    void aDeviceThatNobodyKnowsIsLeftOut() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build())
                .details(0, SampleDetails.full("d9").account("anna", "Anna", true));
        warehouse.publish(0);

        assertThat(warehouse.lines("select device_id from kandji.device")).containsExactly("d1");
        assertThat(warehouse.lines(ACCOUNTS)).isEmpty();
        assertThat(warehouse.lines("select details_fetched from kandji.sync_run"))
                .containsExactly("0");
    }

    @Test
    void localAccountsBeginEndAndChangeByAnAnswerThatCarriesThem() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build())
                .details(
                        0, SampleDetails.of("d1").account("anna", "Anna", false).account("it", "IT", true));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build())
                .details(1, SampleDetails.of("d1").account("anna", "Anna", true).account("guest", null, false));
        warehouse.publish(1);

        assertThat(warehouse.lines(ACCOUNTS))
                .containsExactly(
                        "anna | anna | Anna | false | #0 | #1 | #1",
                        "anna | anna | Anna | true | #1 | null | #1",
                        "guest | guest | null | false | #1 | null | #1",
                        "it | it | IT | true | #0 | #1 | #1");
        assertThat(warehouse.record(1).assignmentsOpened()).isEqualTo(2);
        assertThat(warehouse.record(1).assignmentsClosed()).isEqualTo(2);
        assertThat(warehouse.record(1).devicesChanged()).isZero();
    }

    @Test
    void unchangedLocalAccountsStayAsTheyAre() {
        SampleDetails accounts =
                SampleDetails.of("d1").account("anna", null, false).account("it", "IT", true);
        for (int slot = 0; slot < 2; slot++) {
            warehouse.begin(slot).stage(slot, device("d1").build()).details(slot, accounts);
            warehouse.publish(slot);
        }

        assertThat(warehouse.lines(ACCOUNTS))
                .containsExactly("anna | anna | null | false | #0 | null | #0", "it | it | IT | true | #0 | null | #0");
    }

    @Test
    void anAnswerWithoutAccountsOrAListingAloneLeavesThem() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"))
                .details(0, SampleDetails.of("d1").account("anna", "Anna", false));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").build()).details(1, SampleDetails.full("d1"));
        warehouse.publish(1);
        warehouse.begin(2).stage(2, device("d1").name("Yard").build());
        warehouse.publish(2);
        warehouse.begin(3).stage(3, device("d1").build()).details(3, SampleDetails.failed("d1"));
        warehouse.publish(3);

        assertThat(warehouse.lines(ACCOUNTS)).containsExactly("anna | anna | Anna | false | #0 | null | #0");
    }

    @Test
    void anAnswerThatThereAreNoAccountsEndsThem() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"))
                .details(0, SampleDetails.of("d1").account("anna", "Anna", false));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"))
                .details(1, SampleDetails.of("d1").noAccounts());
        warehouse.publish(1);

        assertThat(warehouse.lines(ACCOUNTS)).containsExactly("anna | anna | Anna | false | #0 | #1 | #1");
        assertThat(warehouse.lines("select assignee_key from kandji.device_assignment where valid_to is null"))
                .containsExactly("u1");
    }

    @Test
    void anArchivedDeviceGetsNoAccounts() {
        warehouse
                .begin(0)
                .stage(0, device("d1").removed().build())
                .details(0, SampleDetails.of("d1").account("anna", "Anna", false));
        warehouse.publish(0);

        assertThat(warehouse.lines(ACCOUNTS)).isEmpty();
    }

    @Test
    void aReturnedDevicesDetailsMakeOneRow() {
        warehouse.begin(0).stage(0, device("d1").build()).details(0, SampleDetails.full("d1"));
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").removed().build());
        warehouse.publish(1);
        warehouse
                .begin(2)
                .stage(2, device("d1").build())
                .details(2, SampleDetails.full("d1").filevault(false).at(SECOND_AT));
        warehouse.publish(2);

        assertThat(warehouse.lines(HISTORY))
                .containsExactly(
                        "Mac of the lobby | udid-1 | true | #0 | #1 | " + FIRST + " | " + FIRST,
                        "Mac of the lobby | udid-1 | true | #1 | #2 | " + FIRST + " | " + FIRST,
                        "Mac of the lobby | udid-1 | false | #2 | null | null | " + FIRST);
    }

    @Test
    void stagedDetailsAndWorklistAreGoneOnceTheRunIsPublished() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.worklist(0, 10);
        warehouse.details(0, SampleDetails.full("d1").account("anna", "Anna", false));
        warehouse.publish(0);

        assertEmptyStaging();
    }

    @Test
    void stagedDetailsAndWorklistAreGoneOnceTheRunIsOver() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.worklist(0, 10);
        warehouse.details(0, SampleDetails.full("d1").account("anna", "Anna", false));
        warehouse.runs.end(warehouse.run(0), new RunEnd(Outcome.EXPIRED, 0, null, null, null, true), 0);

        assertEmptyStaging();
    }

    private void assertEmptyStaging() {
        assertThat(warehouse.lines("select (select count(*) from kandji.staged_device) as devices,"
                        + " (select count(*) from kandji.staged_assignment) as assignments,"
                        + " (select count(*) from kandji.staged_details) as details,"
                        + " (select count(*) from kandji.details_worklist) as worklist"))
                .containsExactly("0 | 0 | 0 | 0");
    }
}
