package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Answer;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of details in whole runs: asked for, put off, refused, renewed. None of it ever ends a run. */
class DetailsRunIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String D2 = "00000000-0000-4000-8000-000000000002";
    private static final String D3 = "00000000-0000-4000-8000-000000000003";

    private static final String UDIDS = "select coalesce(udid, 'unknown') from kandji.device order by device_id";

    private final ScriptedFleet fleet =
            ScriptedFleet.of(ScriptedFleet.row(D1), ScriptedFleet.row(D2), ScriptedFleet.row(D3));
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void theFirstRunAsksForEveryDevicesDetails() {
        Installation installation = installation();

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Details: 3 answers used; the oldest of ", "; 0 devices without any yet")
                .doesNotContain("wait for the next slot");
        assertThat(installation.lines(UDIDS)).containsExactly("UDID-" + D1, "UDID-" + D2, "UDID-" + D3);
        assertThat(installation.lines("select username || ' ' || is_admin from kandji.device_assignment"
                        + " where access_type = 'local_account'"))
                .containsExactly("local true", "local true", "local true");
        assertThat(installation.lines(
                        "select count(*) from kandji.device_history where details_first_as_of is not null"))
                .containsExactly("3");
    }

    @Test
    void theNextRunAsksOnlyForWhatChangedOrIsNew() {
        Installation installation = installation();
        installation.run("sync");
        tenant.requests().clear();
        fleet.change(D2, row -> row.put("os_version", "15.2"));
        fleet.append(ScriptedFleet.row("00000000-0000-4000-8000-000000000004"));

        CommandResult result = installation.run("sync", "--again");

        assertThat(result.exitCode()).isZero();
        assertThat(askedFor()).containsExactlyInAnyOrder(D2, "00000000-0000-4000-8000-000000000004");
        assertThat(result.out()).contains("Details: 2 answers used");
    }

    @Test
    void detailsThatAreTooOldAreRenewed() {
        Installation installation = installation();
        installation.run("sync");
        tenant.requests().clear();
        installation
                .jdbc()
                .sql("update kandji.device set details_as_of = details_as_of - interval '23 hours' where device_id = ?")
                .param(D3)
                .update();

        installation.run("sync", "--again");

        assertThat(askedFor()).containsExactly(D3);
    }

    @Test
    void aListedDeviceThatDetailsDoNotKnowStaysAsItIs() {
        tenant.faults().onDetails().ofDevice(D2).answers(StockAnswer.NOT_FOUND_DETAIL);
        Installation installation = installation();

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("3 active devices, 0 archived", "Details: 2 answers used", "1 devices without");
        assertThat(installation.lines("select status from kandji.device")).containsOnly("active");
        assertThat(installation.lines("select device_id from kandji.device where details_as_of is null"
                        + " and details_tried_at is not null"))
                .containsExactly(D2);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_PERMISSION", "NO_PERMISSION_AS_401", "INVALID_TOKEN"})
    void withoutPermissionTheRunIsPublishedWithoutDetailsAndSaysSo(StockAnswer refusal) {
        tenant.faults().onDetails().always().answers(refusal);
        Installation installation = installation();

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "Details: 0 answers used; none before; 3 devices without any yet",
                        "Details of 1 devices wait for the next slot: the token lacks the permission Device details");
        assertThat(installation.run("status").out())
                .contains("Details of 1 devices wait: the token lacks the permission Device details");
        assertThat(installation.run("status", "--json").out()).contains("\"details_stop\":\"REFUSED\"");
        tenant.faults().clear();

        assertThat(installation.run("sync", "--again").out()).contains("Details: 3 answers used");
    }

    @Test
    void oneDevicesFailureIsItsOwn() {
        tenant.faults().onDetails().ofDevice(D1).answers(StockAnswer.NO_ROUTE);
        tenant.faults().onDetails().ofDevice(D2).answers(StockAnswer.HTML_OK);
        tenant.faults().onDetails().ofDevice(D3).truncates();
        Installation installation = installation();

        assertThat(installation.run("sync").exitCode()).isZero();

        assertThat(installation.lines(UDIDS))
                .as("what may do better is tried again")
                .containsExactly("unknown", "UDID-" + D2, "UDID-" + D3);
    }

    @Test
    void anAnswerThatCantBeUsedIsQuarantinedAndTheDevicePublished() {
        fleet.details(D1, "{\"mdm\": {\"supervised\": 7}}");
        Installation installation = installation();

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(installation.lines("select source || ' ' || json_pointer from kandji.rejected_record"))
                .containsExactly("details /mdm/supervised");
        assertThat(installation.lines("select devices_listed || ' ' || devices_rejected from kandji.sync_run"))
                .containsExactly("3 0");
    }

    @Test
    void aWishToWaitPutsTheDetailsOffAndEndsTheStepWell() {
        tenant.faults()
                .onDetails()
                .always()
                .answers(Answer.of(429, "{\"message\":\"API rate limit exceeded\"}")
                        .withHeader("Retry-After", "3600"));

        CommandResult result =
                installation().with("KANDJI_DETAILS_TIME_LIMIT", "30m").run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Details of 3 devices wait for the next slot: there are no requests to be had before later");
        assertThat(askedFor()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void atTheTimeLimitTheRestWaitsForTheNextSlot() {
        tenant.faults().onDetails().ofDevice(D1).always().slows(Duration.ofSeconds(20));
        Installation installation = installation().with("KANDJI_DETAILS_TIME_LIMIT", "1s");

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Details of 1 devices wait for the next slot: the time limit was reached");
        assertThat(installation.lines(UDIDS)).containsExactly("unknown", "UDID-" + D2, "UDID-" + D3);
    }

    @Test
    void noMoreAreAskedForThanARunMayAndTheOthersComeNext() {
        Installation installation = installation().with("KANDJI_DETAILS_REQUESTS_PER_RUN", "2");

        CommandResult result = installation.run("sync");

        assertThat(result.out())
                .contains(
                        "Details: 2 answers used",
                        "Details of 1 devices wait for the next slot: a run asks for no more");
        assertThat(askedFor()).containsExactlyInAnyOrder(D1, D2);
        tenant.requests().clear();
        assertThat(installation.run("sync", "--again").out()).doesNotContain("wait for the next slot");
        assertThat(askedFor()).containsExactly(D3);
    }

    private List<String> askedFor() {
        return tenant.requests().latest().stream()
                .filter(request -> request.kind() == RequestKind.DETAILS)
                .map(request -> String.valueOf(request.deviceId()))
                .toList();
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }
}
