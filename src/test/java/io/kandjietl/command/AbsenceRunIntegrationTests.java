package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Answer;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of devices that leave the list, in whole runs: looked up, confirmed, held back, accepted. */
class AbsenceRunIntegrationTests {

    private static final String STATUS =
            "select status || coalesce(' ' || archived_reason, '') || case when absent_since_slot is null then '' else"
                    + " ' absent' end || case when unlisted then ' unlisted' else '' end from kandji.device"
                    + " where device_id = '";

    private final ScriptedFleet fleet = ScriptedFleet.of();
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aDeviceThatIsGoneIsLookedUpBetweenTwoListedOnesAndArchived() {
        Installation installation = published(5);
        fleet.remove(id(2));

        CommandResult result = installation.run("sync", "--again");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(askedFor()).hasSize(3).element(1).isEqualTo(id(2));
        assertThat(askedFor()).filteredOn(id(2)::equals).hasSize(1);
        assertThat(status(installation, 2)).isEqualTo("archived gone absent");
        assertThat(result.out())
                .contains(
                        "4 active devices, 1 archived",
                        "Not listed: 1 devices that were active; 1 looked up, 0 of these are there; 0 stay active");
        assertThat(installation.lines("select count(*) from kandji.device_assignment where valid_to is null"
                        + " and device_id = '" + id(2) + "'"))
                .containsExactly("0");

        fleet.append(ScriptedFleet.row(id(2)));
        tenant.requests().clear();
        installation.run("sync", "--again");
        assertThat(status(installation, 2)).isEqualTo("active");
        assertThat(askedFor()).as("as if never looked up").contains(id(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 9})
    void aDeviceRemovedBetweenTwoPagesCostsNoOther(int boundary) {
        Installation installation = published(12).with("KANDJI_PAGE_SIZE", "3");
        tenant.faults().onList().atOffset(boundary - 3L).thenRuns(() -> fleet.remove(id(boundary - 2)));

        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        assertThat(installation.lines("select device_id from kandji.device where status <> 'active'"))
                .as("the removed one was seen, the skipped one is there")
                .isEmpty();
        assertThat(status(installation, boundary + 1)).isEqualTo("active absent unlisted");

        assertThat(installation.run("sync", "--again").exitCode()).isZero();
        assertThat(installation.lines("select device_id from kandji.device where status <> 'active'"))
                .containsExactly(id(boundary - 2));
        assertThat(status(installation, boundary + 1)).isEqualTo("active");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ROUTE", "NO_PERMISSION", "NO_PERMISSION_AS_401", "BARE_LIST"})
    void whatIsNoWordOfADeviceArchivesNothing(StockAnswer answer) {
        Installation installation = published(5);
        fleet.remove(id(2));
        tenant.faults().onDetails().ofDevice(id(2)).always().answers(answer);

        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        assertThat(status(installation, 2)).isEqualTo("active absent");
    }

    @Test
    void aPageOfHtmlWithStatus404ArchivesNothing() {
        Installation installation = published(5);
        fleet.remove(id(2));
        tenant.faults()
                .onDetails()
                .ofDevice(id(2))
                .always()
                .answers(Answer.html(404, "<html><body>Not found</body></html>"));

        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        assertThat(status(installation, 2)).isEqualTo("active absent");
    }

    @Test
    void aHostThatKnowsNoDeviceAtAllArchivesNothing() {
        Installation installation = published(8);
        fleet.remove(id(2));
        fleet.change(id(3), row -> row.put("os_version", "15.2"));
        tenant.faults().onDetails().always().answers(StockAnswer.NOT_FOUND_DETAIL);

        CommandResult result = installation.run("sync", "--again");

        assertThat(result.exitCode()).isZero();
        assertThat(status(installation, 2)).isEqualTo("active absent");
        assertThat(result.out())
                .contains(
                        "Look-ups of 1 devices wait for the next slot: the tenant does not answer for listed devices");
        assertThat(askedFor()).doesNotContain(id(2));
    }

    @Test
    void withoutThePermissionNothingIsConfirmedAndTheSummarySaysSo() {
        Installation installation = published(5);
        fleet.remove(id(2));
        tenant.permitDetails(false);

        CommandResult result = installation.run("sync", "--again");

        assertThat(result.exitCode()).isZero();
        assertThat(status(installation, 2)).isEqualTo("active absent");
        assertThat(result.out())
                .contains(
                        "Look-ups of 1 devices wait for the next slot: the token lacks the permission Device details");

        tenant.permitDetails(true);
        installation.run("sync", "--again");
        assertThat(status(installation, 2)).isEqualTo("archived gone absent");
    }

    @Test
    void aDeviceThatIsThereButNotListedIsLookedUpOncePerAgeOfDetails() {
        Installation installation = published(5);
        fleet.unlist(id(2));
        installation
                .jdbc()
                .sql("update kandji.device set details_as_of = details_as_of - interval '23 hours',"
                        + " details_tried_at = details_tried_at - interval '23 hours' where device_id = ?")
                .param(id(2))
                .update();

        for (int slot = 0; slot < 3; slot++) {
            assertThat(installation.run("sync", "--again").exitCode()).isZero();
        }

        assertThat(askedFor()).filteredOn(id(2)::equals).hasSize(1);
        assertThat(status(installation, 2)).isEqualTo("active absent unlisted");
        installation
                .jdbc()
                .sql("update kandji.device set details_as_of = details_as_of - interval '23 hours',"
                        + " details_tried_at = details_tried_at - interval '23 hours' where device_id = ?")
                .param(id(2))
                .update();
        installation.run("sync", "--again");
        assertThat(askedFor()).filteredOn(id(2)::equals).hasSize(2);
    }

    @Test
    void aListingOfHalfTheFleetIsHeldBackUntilItIsAccepted() {
        Installation installation = published(60);
        IntStream.rangeClosed(1, 40).forEach(i -> fleet.remove(id(i)));

        CommandResult held = installation.run("sync", "--again");

        assertThat(held.exitCode()).isEqualTo(66);
        assertThat(held.out()).contains("60 active devices, 0 archived", "Held back: the archiving of 40 devices");
        assertThat(tenant.requests().count(RequestKind.DETAILS))
                .as("no look-up is spent")
                .isZero();
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || cause || '. ' || remedy"
                        + " from kandji.sync_run order by slot desc limit 1"))
                .first()
                .asString()
                .startsWith("published 66 Slot ")
                .contains(
                        "but the archiving of 40 devices was held back: 40 of 60 active devices would be archived: more"
                                + " than 10 %",
                        "accept-archival --slot ");
        String slot = newestSlot(installation);
        assertThat(installation.run("sync", "--slot", slot))
                .as("finished")
                .returns(66, CommandResult::exitCode)
                .satisfies(result -> assertThat(result.out()).contains("nothing was done"));

        CommandResult accepted = installation.run("accept-archival");

        assertThat(accepted.exitCode()).isZero();
        assertThat(accepted.out())
                .contains(
                        "Held back by slot " + slot + ": 40 devices",
                        "Mac no. 1 ",
                        "Mac no. 40 ",
                        "Accepted the archiving of 40 devices. The next run");
        assertThat(installation.run("accept-archival", "--slot", slot).out()).contains("accepted before");

        assertThat(installation.run("sync", "--again").out()).contains("20 active devices, 40 archived");
        assertThat(installation.lines("select count(*) from kandji.held_archival"))
                .containsExactly("0");
        assertThat(installation.run("accept-archival").out()).contains("No archiving is held back for tenant acme");
    }

    @Test
    void aRetryAfterALakeThatCouldNotBeWrittenEndsWithWhatIsHeld() throws IOException {
        Installation installation = published(60);
        fleet.clear();
        fleet.append(ScriptedFleet.row(id(1)));
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        assertThat(installation
                        .with("LAKE_URI", "file://" + blocked + "/lake")
                        .run("sync", "--again")
                        .exitCode())
                .isEqualTo(73);
        String slot = newestSlot(installation);

        CommandResult retried =
                installation.with("LAKE_URI", "file://" + installation.lake()).run("sync", "--slot", slot);

        assertThat(retried.exitCode()).isEqualTo(66);
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || (lake_manifest is not null)"
                        + " from kandji.sync_run order by slot desc limit 1"))
                .containsExactly("published 66 true");
    }

    @Test
    void anAnswerThatCantBeUsedShowsThatTheDeviceIsThere() {
        Installation installation = published(5);
        fleet.unlist(id(2));
        fleet.details(id(2), "{\"mdm\": {\"supervised\": 7}}");
        installation
                .jdbc()
                .sql("update kandji.device set details_as_of = null, details_tried_at = null where device_id = ?")
                .param(id(2))
                .update();

        installation.run("sync", "--again");
        installation.run("sync", "--again");

        assertThat(status(installation, 2)).isEqualTo("active absent unlisted");
        assertThat(askedFor()).filteredOn(id(2)::equals).hasSize(1);
    }

    @Test
    void anEmptyListingArchivesNothing() {
        Installation installation = published(5);
        fleet.clear();

        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(66);

        assertThat(installation.lines("select distinct status from kandji.device"))
                .containsExactly("active");
        installation.run("accept-archival");
        assertThat(installation.run("sync", "--again").exitCode())
                .as("accepted, but no listed device can vouch for it")
                .isZero();
        assertThat(installation.lines("select distinct status from kandji.device"))
                .containsExactly("active");
    }

    @Test
    void aSmallFleetIsNotHindered() {
        Installation installation = published(5);
        IntStream.rangeClosed(1, 4).forEach(i -> fleet.remove(id(i)));

        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        assertThat(installation.lines("select status || ' ' || count(*) from kandji.device group by status order by 1"))
                .containsExactly("active 1", "archived 4");
    }

    @Test
    void limitsOfTheGuardAreSettings() {
        Installation installation = published(60)
                .with("KANDJI_GUARD_MAX_ARCHIVED_PERCENT", "100")
                .with("KANDJI_GUARD_MAX_ARCHIVED_DEVICES", "25");
        IntStream.rangeClosed(1, 25).forEach(i -> fleet.remove(id(i)));
        assertThat(installation.run("sync", "--again").exitCode()).isZero();
        IntStream.rangeClosed(26, 35).forEach(i -> fleet.remove(id(i)));

        assertThat(installation
                        .with("KANDJI_GUARD_MAX_ARCHIVED_DEVICES", "9")
                        .run("sync", "--again")
                        .exitCode())
                .isEqualTo(66);
    }

    @Test
    void nothingHeldInANamedSlotIsWrongUsage() {
        Installation installation = published(1);

        assertThat(installation
                        .run("accept-archival", "--slot", "2026-11-23T12:00Z")
                        .exitCode())
                .isEqualTo(64);
    }

    @Test
    void fullDetailsIgnoresTheAgeOfDetails() {
        Installation installation = published(5);
        installation.run("sync", "--again");
        assertThat(askedFor()).isEmpty();

        installation.run("sync", "--again", "--full-details");

        assertThat(askedFor()).hasSize(5).doesNotHaveDuplicates();
    }

    private Installation published(int devices) {
        IntStream.rangeClosed(1, devices)
                .forEach(i -> fleet.append(ScriptedFleet.row(id(i), row -> row.put("device_name", "Mac no. " + i))));
        Installation installation = new Installation(folder, tenant).with("LAKE_URI", "none");
        assertThat(installation.run("sync").exitCode()).isZero();
        tenant.requests().clear();
        return installation;
    }

    private static String status(Installation installation, int device) {
        return installation.lines(STATUS + id(device) + "'").getFirst();
    }

    private static String newestSlot(Installation installation) {
        return installation
                .lines("select to_char(max(slot) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                        + " from kandji.sync_run")
                .getFirst();
    }

    private List<String> askedFor() {
        return tenant.requests().latest().stream()
                .filter(request -> request.kind() == RequestKind.DETAILS)
                .map(request -> String.valueOf(request.deviceId()))
                .toList();
    }

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }
}
