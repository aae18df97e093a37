package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Answer;
import io.kandjietl.simulator.BadRecord;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a run: published, found finished, failed in each way, and mended. */
class SyncCommandIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String D2 = "00000000-0000-4000-8000-000000000002";

    private final ScriptedFleet fleet = ScriptedFleet.of(
            ScriptedFleet.row(D1, row -> row.set("user", ScriptedFleet.user("4711", "Anna@Example.com", "Anna"))),
            ScriptedFleet.row(D2));
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aRunIsPublishedWithASummary() {
        CommandResult result = installation().run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Tenant acme, slot ", ": published in ", "2 active devices, 0 archived; 1 assigned")
                .contains("Warehouse  jdbc:postgresql://localhost", "Manifest   _manifests/tenant=acme/");
    }

    @Test
    void aPublishedSlotIsNotRepeated() {
        Installation installation = installation();
        installation.run("sync", "--slot", now());
        tenant.requests().clear();
        List<String> before = installation.tables();

        CommandResult result = installation.run("sync", "--slot", before(installation));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("is published already: nothing was done", "sync --again");
        assertThat(tenant.requests().count()).isZero();
        assertThat(installation.tables()).isEqualTo(before);
    }

    @Test
    void observedAgainItShowsWhatChanged() {
        Installation installation = installation();
        installation.run("sync");
        fleet.change(D1, row -> row.put("device_name", "Anna’s other Mac"));
        fleet.change(D2, row -> row.set("user", ScriptedFleet.user("4712", "ben@example.com", "Ben")));

        CommandResult result = installation.run("sync", "--again");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("What changed:", "Anna’s other Mac", "assigned user", "Ben");
        assertThat(installation.lines("select count(*) from kandji.sync_run where outcome = 'published'"))
                .containsExactly("2");
    }

    @Test
    void observingAgainTwiceInTheSameSecondMakesTwoRuns() {
        Installation installation = installation();
        String now = now();
        installation.run("sync", "--slot", now);
        installation
                .jdbc()
                .sql("update kandji.sync_run set slot = date_trunc('second', now()) + interval '30 seconds'")
                .update();

        assertThat(installation.run("sync", "--again").exitCode()).isZero();
        assertThat(installation.lines("select count(distinct slot) from kandji.sync_run where outcome = 'published'"))
                .containsExactly("2");
    }

    @Test
    void aPodOfAJobMadeByHandFindsTheRunAgainThatAnotherPodOfItBegan() {
        Installation installation = installation().with("JOB_NAME", "sync-by-hand-20261123");
        tenant.permitList(false);
        assertThat(installation.run("sync").exitCode()).isEqualTo(77);
        tenant.permitList(true);

        assertThat(installation.run("sync").exitCode()).isZero();

        assertThat(installation.lines("select job_name || ' ' || outcome from kandji.sync_run"))
                .containsExactly("sync-by-hand-20261123 published");
        assertThat(installation.run("sync").exitCode()).isZero();
        assertThat(installation.lines("select count(*) from kandji.sync_run"))
                .as("a Job that is made anew under the same name observes anew")
                .containsExactly("2");
    }

    @Test
    void aJobOfACronJobStandsForItsScheduledMinute() {
        long minute = Instant.now().getEpochSecond() / 60;
        Installation installation = installation().with("JOB_NAME", "kandji-sync-" + minute);

        assertThat(installation.run("sync").exitCode()).isZero();

        assertThat(installation.lines("select (extract(epoch from slot) / 60)::bigint::text from kandji.sync_run"))
                .containsExactly(Long.toString(minute));
        assertThat(installation.run("sync").out()).contains("is published already");
    }

    @Test
    void aJobThatComesAfterItsSlotObservesNothing() {
        long minute = Instant.now().getEpochSecond() / 60 - 121;

        CommandResult result =
                installation().with("JOB_NAME", "kandji-sync-" + minute).run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("expired: it passed before its listing was complete");
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void tooManyRejectsPublishNothingAndTheRunIsOver() {
        SimulatedTenant bad = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(300)
                        .badPerThousand(100, BadRecord.values())
                        .build())
                .unlimited()
                .start();
        try (bad) {
            Installation installation = new Installation(folder, bad);
            String slot = now();

            assertThat(installation.run("sync", "--slot", slot).exitCode()).isEqualTo(65);

            assertThat(installation.lines("select count(*) from kandji.device")).containsExactly("0");
            assertThat(installation.lines("select count(*) from kandji.staged_device"))
                    .containsExactly("0");
            assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step || ' ' || remedy"
                            + " from kandji.sync_run"))
                    .first()
                    .asString()
                    .startsWith("failed 65 publishWarehouse Look at them with the command `rejects`")
                    .contains("sync --again --accept-rejects");
            bad.requests().clear();
            assertThat(installation.run("sync", "--slot", slot).exitCode())
                    .as("the same run again")
                    .isEqualTo(65);
            assertThat(bad.requests().count()).isZero();

            assertThat(installation.run("sync", "--again", "--accept-rejects").exitCode())
                    .isZero();
            assertThat(installation.lines("select count(*) > 250 from kandji.device"))
                    .containsExactly("t");
        }
    }

    @Test
    void aRefusedTokenEndsTheRunAndChangesNothing() throws IOException {
        Installation installation = installation();
        installation.run("sync");
        List<String> before = installation.lines("select to_jsonb(d)::text from kandji.device d order by device_id");
        tenant.acceptToken("another");
        Files.writeString(
                folder.resolve("termination-log"), "what an earlier process wrote, longer than this ".repeat(99));

        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(77);

        assertThat(installation.lines("select to_jsonb(d)::text from kandji.device d order by device_id"))
                .isEqualTo(before);
        assertThat(installation.lines("select cause from kandji.sync_run where exit_code = 77"))
                .first()
                .asString()
                .startsWith("Failed to authenticate with Kandji");
        assertThat(Files.readString(folder.resolve("termination-log")))
                .startsWith("Failed to authenticate with Kandji")
                .endsWith("(exit 77)");
    }

    @Test
    void aMissingListPermissionEndsTheRun() {
        tenant.permitList(false);

        Installation installation = installation();
        assertThat(installation.run("sync").exitCode()).isEqualTo(77);
        assertThat(installation.lines("select cause from kandji.sync_run"))
                .first()
                .asString()
                .startsWith("API token does not have sufficient permissions")
                .contains("Device list");
    }

    @Test
    void aKandjiThatAsksToWaitForLongIsUnavailableAndTheRunGoesOnLater() {
        tenant.faults()
                .onList()
                .answers(Answer.of(429, "{\"message\":\"API rate limit exceeded\"}")
                        .withHeader("Retry-After", "3600"));
        Installation installation = installation();
        String slot = now();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isEqualTo(69);
        assertThat(installation.lines("select outcome || ' ' || failed_step from kandji.sync_run"))
                .containsExactly("failed extractDevices");
        tenant.requests().clear();

        assertThat(installation
                        .with("KANDJI_RUN_DEADLINE", "30m")
                        .run("sync", "--slot", slot)
                        .exitCode())
                .isEqualTo(75);
        assertThat(tenant.requests().count())
                .as("requests before the moment that Kandji named")
                .isZero();
        assertThat(installation.lines("select cause from kandji.sync_run"))
                .first()
                .asString()
                .startsWith("The request budget of tenant 'acme' does not suffice in time: Kandji asked not to be asked"
                        + " before ");
        installation.blockRunsOut();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
        assertThat(installation.lines(
                        "select outcome || ' ' || exit_code || ' ' || coalesce(cause, 'fine') from kandji.sync_run"))
                .containsExactly("published 0 fine");
    }

    @Test
    void aLakeThatCantBeWrittenLeavesTheWarehousePublishedAndARetryWritesIt() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        Installation installation = installation().with("LAKE_URI", "file://" + blocked + "/lake");
        String slot = now();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isEqualTo(73);

        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || failed_step from kandji.sync_run"))
                .containsExactly("published 73 publishLake");
        assertThat(installation.lines("select count(*) from kandji.device")).containsExactly("2");
        Files.delete(blocked);
        tenant.requests().clear();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
        assertThat(tenant.requests().count()).as("the listing is not repeated").isZero();
        assertThat(installation.lines(
                        "select outcome || ' ' || exit_code || ' ' || lake_manifest from kandji.sync_run"))
                .first()
                .asString()
                .startsWith("published 0 _manifests/tenant=acme/");
    }

    @Test
    void aProcessThatDiedAfterTheJobAndBeforeItsRecordIsMadeUpFor() {
        Installation installation = installation();
        String slot = now();
        installation.run("sync", "--slot", slot);
        installation
                .jdbc()
                .sql("update kandji.sync_run set exit_code = null, finished_at = null")
                .update();
        tenant.requests().clear();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
        assertThat(tenant.requests().count()).isZero();
        assertThat(installation.lines(
                        "select outcome || ' ' || exit_code from kandji.sync_run where finished_at is not null"))
                .containsExactly("published 0");
    }

    @Test
    void aJobWhoseEndSpringBatchCouldNotWriteDownIsRecordedAsFailed() {
        Installation installation = installation();
        String slot = now();
        installation.run("migrate");
        installation.refuse("before update of status on batch.batch_job_execution"
                + " for each row when (new.status = 'COMPLETED')");

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isEqualTo(1);

        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || remedy from kandji.sync_run"
                        + " where cause like '%a trigger that is not ours%' and finished_at is not null"))
                .containsExactly("published 1 Run the same command again. If it fails again, report it with the log."
                        + " To go on with this run: `restart 1`");
        installation.refuseNoMore("batch.batch_job_execution");
        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
        assertThat(installation.lines("select outcome || ' ' || exit_code from kandji.sync_run"))
                .containsExactly("published 0");
    }

    @Test
    void aRunWhoseIdAnotherRunHasDoesNotWriteOverIt() {
        Installation installation = installation();
        installation.run("sync");
        List<String> before = installation.lines("select to_jsonb(r)::text from kandji.sync_run r");
        installation.jdbc().sql("truncate batch.batch_job_instance cascade").update();
        installation
                .jdbc()
                .sql("alter sequence batch.batch_job_instance_seq restart")
                .update();

        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(78);
        assertThat(installation.lines("select to_jsonb(r)::text from kandji.sync_run r"))
                .isEqualTo(before);
    }

    @Test
    void aRunOfALostMetadataIsNotTakenForAnother() {
        Installation installation = installation();
        String first = now();
        installation.run("sync", "--slot", first);
        installation.jdbc().sql("truncate batch.batch_job_instance cascade").update();
        installation
                .jdbc()
                .sql("alter sequence batch.batch_job_instance_seq restart")
                .update();
        String second = Instant.parse(first).minusSeconds(5).toString();
        installation
                .jdbc()
                .sql("update kandji.sync_run set slot = slot - interval '10 seconds'")
                .update();

        assertThat(installation.run("sync", "--slot", second).exitCode()).isEqualTo(78);
        assertThat(installation.run("sync", "--slot", second).exitCode())
                .as("never observed, so never told to be published")
                .isEqualTo(78);
    }

    @Test
    void aRunWhoseProcessDiedBeforeItsFirstExecutionBeginsAnew() {
        Installation installation = installation();
        String slot = now();
        tenant.acceptToken("another");
        installation.run("sync", "--slot", slot);
        tenant.acceptToken(tenant.token());
        for (String table : List.of(
                "batch_step_execution_context",
                "batch_job_execution_context",
                "batch_step_execution",
                "batch_job_execution_params",
                "batch_job_execution")) {
            installation.jdbc().sql("delete from batch." + table).update();
        }
        installation.jdbc().sql("delete from kandji.sync_run").update();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "STARTING", "STARTED", "STOPPING"})
    void aRunThatWasLeftAnyhowWithARunningStepGoesOn(String status) {
        Installation installation = installation();
        String slot = now();
        tenant.acceptToken("another");
        installation.run("sync", "--slot", slot);
        tenant.acceptToken(tenant.token());
        installation
                .jdbc()
                .sql("update batch.batch_job_execution set status = :status, end_time = null")
                .param("status", status)
                .update();
        installation
                .jdbc()
                .sql("update batch.batch_step_execution set status = 'STARTED', end_time = null")
                .update();

        assertThat(installation.run("sync", "--slot", slot).exitCode()).isZero();
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAlone() {
        Installation installation = installation();
        installation.run("migrate");
        installation
                .jdbc()
                .sql("insert into kandji.flyway_schema_history select installed_rank + 100, '99', 'future', type,"
                        + " 'V99__future.sql', 1, installed_by, installed_on, 1, true from kandji.flyway_schema_history"
                        + " where version = '1'")
                .update();

        assertThat(installation.run("sync").exitCode()).isEqualTo(78);
        assertThat(installation
                        .with("KANDJI_MIGRATE_ON_START", "false")
                        .run("sync")
                        .exitCode())
                .isEqualTo(78);
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void aFailedRunNamesTheCommandThatGoesOnWithIt() {
        tenant.acceptToken("another");
        Installation installation = installation();
        installation.run("sync", "--again");
        tenant.acceptToken(tenant.token());
        String remedy = installation.lines("select remedy from kandji.sync_run").getFirst();
        assertThat(remedy).endsWith(". To go on with this run: `restart 1`");

        assertThat(installation.run("restart", "1").exitCode()).isZero();
        assertThat(installation.lines("select run_id || ' ' || outcome from kandji.sync_run"))
                .containsExactly("1 published");
    }

    @Test
    void withoutALakeItPublishesToPostgresAlone() {
        Installation installation = installation().with("LAKE_URI", "none");

        CommandResult result = installation.run("sync");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Lake       none");
        assertThat(installation.lake()).isEmptyDirectory();
    }

    @Test
    void aPoolOfOneConnectionIsEnough() {
        Installation installation = installation().with("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "1");

        assertThat(installation.run("sync").exitCode()).isZero();

        assertThat(installation.lines("select outcome || ' ' || (lake_manifest is not null) from kandji.sync_run"))
                .containsExactly("published true");
    }

    @Test
    void aRunKnowsHowManyRequestsItMade() {
        Installation installation = installation();

        installation.run("sync");

        assertThat(installation.lines("select requests_used::text from kandji.sync_run"))
                .containsExactly(Long.toString(tenant.requests().count()));
        assertThat(installation.lines("select requests_granted::text from kandji.request_ledger"))
                .containsExactly("10");
    }

    @Test
    void wrongSettingsAreToldBeforeAnythingIsTouched() {
        assertThat(installation().without("KANDJI_API_TOKEN").run("sync").exitCode())
                .isEqualTo(78);
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsUnavailable() {
        assertThat(installation()
                        .with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/nothing")
                        .run("sync")
                        .exitCode())
                .isEqualTo(69);
    }

    @Test
    void aDatabaseThatDoesNotExistIsWrongConfiguration() {
        Installation installation = installation();
        assertThat(installation
                        .with("SPRING_DATASOURCE_URL", installation.database().url() + "_missing")
                        .run("sync")
                        .exitCode())
                .isEqualTo(78);
    }

    @Test
    void anUnfinishedRunOfAPassedSlotExpires() {
        Installation installation = installation();
        String slot =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(90).toString();
        tenant.acceptToken("another");
        installation.run("sync", "--slot", slot);
        tenant.acceptToken(tenant.token());

        // The slot's length shrinks instead of time passing.
        CommandResult result = installation.with("KANDJI_SLOT_LENGTH", "1m").run("sync", "--slot", slot);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("expired");
        assertThat(installation.lines("select outcome from kandji.sync_run")).containsExactly("expired");
    }

    @Test
    void aSlotInTheFutureIsWrongUsage() {
        assertThat(installation().run("sync", "--slot", "2099-01-01T00:00Z").exitCode())
                .isEqualTo(64);
        assertThat(installation().run("sync", "--slot", "2020-01-01T00:00Z").exitCode())
                .isEqualTo(64);
    }

    @Test
    void aSlotOlderThanTheNewestPublishedOneIsSuperseded() {
        Installation installation = installation();
        installation.run("sync", "--again");
        tenant.requests().clear();
        String older =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60).toString();

        CommandResult result = installation.run("sync", "--slot", older);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("is superseded");
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void migrateBringsTheSchemaUpToDateOnce() {
        Installation installation = installation();

        assertThat(installation.run("migrate").out()).containsPattern("Applied \\d+ migrations");
        assertThat(installation.run("migrate").out()).contains("is up to date");
    }

    @Test
    void withoutMigrationOnStartAnOldSchemaIsWrongConfiguration() {
        Installation installation = installation().with("KANDJI_MIGRATE_ON_START", "false");

        assertThat(installation.run("sync").exitCode()).isEqualTo(78);
        assertThat(installation.run("migrate").exitCode()).isZero();
        assertThat(installation.run("sync").exitCode()).isZero();
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String before(Installation installation) {
        return installation
                .lines(
                        "select to_char(max(slot) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from kandji.sync_run")
                .getFirst();
    }
}
