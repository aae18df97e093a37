package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code restart}, {@code stop} and {@code abandon}, of runs that nobody is at work on. */
class OperatorCommandsIntegrationTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(
                    ScriptedFleet.row("00000000-0000-4000-8000-000000000001"),
                    ScriptedFleet.row("00000000-0000-4000-8000-000000000002", row -> row.put("user", 4711))))
            .unlimited()
            .start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void restartGoesOnWithTheNewestRunThatIsNotFinished() {
        Installation installation = installation();
        installation.run("sync", "--again");
        fail(installation, "sync", "--again");

        CommandResult result = installation.run("restart");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("published in");
        assertThat(outcomes(installation)).isEqualTo("1 published, 2 published");
        assertThat(installation.run("restart").out())
                .isEqualTo("No run of tenant acme is unfinished: nothing was done\n");
    }

    @Test
    void restartKeepsWhatTheRunWasStartedWith() {
        Installation installation = installation().with("KANDJI_REJECTS_MAX_RECORDS", "0");
        fail(installation, "sync", "--again", "--accept-rejects");

        assertThat(installation.run("restart", "1").exitCode()).isZero();
        assertThat(installation.lines("select devices_rejected from kandji.sync_run"))
                .containsExactly("1");
    }

    @Test
    void restartOfAFinishedRunSaysSoAndEndsAsItDid() {
        Installation installation = installation().with("KANDJI_REJECTS_MAX_RECORDS", "0");
        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(65);
        assertThat(installation.run("sync", "--again", "--accept-rejects").exitCode())
                .isZero();

        assertThat(installation.run("restart", "1").exitCode()).isEqualTo(65);
        assertThat(installation.run("restart", "2")).satisfies(result -> {
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("is published already: nothing was done");
        });
    }

    @Test
    void aRunThatWasOvertakenEndsAsSuperseded() {
        Installation installation = installation();
        fail(installation, "sync", "--again");
        installation.run("sync", "--again");
        tenant.requests().clear();

        assertThat(installation.run("restart").exitCode()).isZero();
        assertThat(outcomes(installation)).isEqualTo("1 superseded, 2 published");
        assertThat(tenant.requests().count())
                .as("nothing is asked that could not be published")
                .isZero();
        assertThat(installation.run("restart").out())
                .isEqualTo("No run of tenant acme is unfinished: nothing was done\n");
    }

    @Test
    void aRunThatFailedAtTheLakeAndWasOvertakenStaysOutOfIt() throws Exception {
        Installation installation = installation();
        String lake = "file://" + installation.lake();
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        installation.with("LAKE_URI", "file://" + blocked + "/lake");
        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(73);
        installation.with("LAKE_URI", lake);
        assertThat(installation.run("sync", "--again").exitCode()).isZero();
        Set<String> files = installation.files().keySet();

        assertThat(installation.run("restart", "1").exitCode()).isZero();

        assertThat(installation.files().keySet()).isEqualTo(files);
        assertThat(installation.lines("select run_id || ' ' || outcome || ' ' || exit_code || ' ' ||"
                        + " (lake_manifest is not null) from kandji.sync_run order by run_id"))
                .containsExactly("1 published 0 false", "2 published 0 true");
        assertThat(installation.run("status").out())
                .contains("Slots not in the lake: "
                        + installation
                                .lines("select to_char(slot at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                                        + " from kandji.sync_run where run_id = 1")
                                .getFirst());
    }

    @Test
    void aRunIdThatIsNotThereIsWrongUsage() {
        Installation installation = installation();
        installation.run("sync");

        for (String command : new String[] {"restart", "stop", "abandon"}) {
            assertThat(installation.run(command, "7").exitCode()).as(command).isEqualTo(64);
            assertThat(installation.run(command, "seven").exitCode())
                    .as(command)
                    .isEqualTo(64);
        }
        assertThat(installation.run("stop").exitCode()).isEqualTo(64);
    }

    @Test
    void anAbandonedRunIsGivenUpForGood() {
        Installation installation = installation();
        fail(installation, "sync", "--again");
        String slot =
                installation.lines("select slot::text from kandji.sync_run").getFirst();

        assertThat(installation.run("abandon", "1").out())
                .isEqualTo("Run 1 of slot " + slot.replace(" ", "T").replace("+00", "Z") + " is given up\n");

        assertThat(outcomes(installation)).isEqualTo("1 abandoned");
        assertThat(installation.lines("select status from batch.batch_job_execution"))
                .containsExactly("ABANDONED");
        assertThat(installation.lines("select count(*) from kandji.staged_device"))
                .containsExactly("0");
        long requests = tenant.requests().count();
        CommandResult again = installation.run("restart", "1");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("is abandoned already: nothing was done");
        assertThat(tenant.requests().count()).isEqualTo(requests);
        assertThat(installation.run("sync", "--again").exitCode()).isZero();
    }

    @Test
    void aRunWhoseGivingUpFailedCanGoOn() {
        Installation installation = installation();
        fail(installation, "sync", "--again");
        installation.refuse("before update on kandji.sync_run");
        assertThat(installation.run("abandon", "1").exitCode()).isEqualTo(1);
        installation.refuseNoMore("kandji.sync_run");

        assertThat(installation.run("restart", "1").exitCode()).isZero();

        assertThat(outcomes(installation)).isEqualTo("1 published");
    }

    @Test
    void whatIsPublishedIsNotGivenUp() {
        Installation installation = installation();
        installation.run("sync");

        assertThat(installation.run("abandon", "1").out())
                .isEqualTo("Run 1 is published: there is nothing to give up, and nothing was done\n");
        assertThat(outcomes(installation)).isEqualTo("1 published");
    }

    @Test
    void aRunWhoseProcessDiedIsPutRightByTheNextOneAndCanBeGivenUp() {
        Installation installation = installation();
        fail(installation, "sync", "--again");
        fail(installation, "sync", "--again");
        installation
                .jdbc()
                .sql(
                        "update kandji.sync_run set outcome = 'running', exit_code = null, finished_at = null, cause = null")
                .update();
        installation
                .jdbc()
                .sql("update batch.batch_job_execution set status = 'STARTED', end_time = null")
                .update();

        assertThat(installation.run("abandon", "2").exitCode()).isZero();
        assertThat(outcomes(installation)).isEqualTo("1 running, 2 abandoned");
        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        assertThat(outcomes(installation)).isEqualTo("1 failed, 2 abandoned, 3 published");
        assertThat(installation.lines("select status from batch.batch_job_execution order by job_execution_id"))
                .as("Spring Batch knows of it, too")
                .containsExactly("FAILED", "ABANDONED", "COMPLETED");
        assertThat(installation.lines("select failed_step || '; ' || cause || '; ' || remedy from kandji.sync_run"
                        + " where run_id = 1"))
                .containsExactly("extractDevices; Its process died without a word: it was killed, or its machine was"
                        + " lost; Go on with it: `restart 1`");
    }

    @Test
    void nothingIsStoppedWhereNobodyIsAtWork() {
        Installation installation = installation();
        installation.run("sync");

        assertThat(installation.run("stop", "1").out())
                .isEqualTo("Nobody is at work on run 1 (it is published): nothing was done\n");
    }

    private void fail(Installation installation, String... command) {
        tenant.permitList(false);
        assertThat(installation.run(command).exitCode()).isEqualTo(77);
        tenant.permitList(true);
    }

    private static String outcomes(Installation installation) {
        return String.join(
                ", ", installation.lines("select run_id || ' ' || outcome from kandji.sync_run order by run_id"));
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }
}
