package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which slot a process stands for; its first log line says how that was understood. */
class SlotFunctionalTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(ScriptedFleet.row("00000000-0000-4000-8000-000000000001")))
            .unlimited()
            .start();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeEach
    void install() {
        installation = new Installation(folder, tenant);
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aScheduledJobStandsForItsMinuteAndItsRetriedPodGoesOnWithIt() throws Exception {
        long minute = now.getEpochSecond() / 60;
        String slot = Instant.ofEpochSecond(60 * minute).toString();
        installation.with("JOB_NAME", "kandji-sync-" + minute);
        tenant.permitList(false);
        assertFirstLine(77, "slot " + slot + ": scheduled, by the name of Job kandji-sync-" + minute, "sync");
        tenant.permitList(true);

        assertFirstLine(0, "slot " + slot + ": scheduled, by the name of Job kandji-sync-" + minute, "sync");

        assertThat(installation.lines("select run_id || ' ' || outcome from kandji.sync_run"))
                .containsExactly("1 published");
    }

    @Test
    void theFirstLineSaysItEvenWhereAProcessDied() throws Exception {
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.sync_run set outcome = 'running', exit_code = null, finished_at = null")
                .update();

        assertFirstLine(0, "this second, by --again", "sync", "--again");
    }

    @Test
    void aScheduledJobWhosePodIsRetriedAfterTheNextSlotIsPublishedChangesNothing() throws Exception {
        long minute = now.getEpochSecond() / 60 - 1;
        installation.with("JOB_NAME", "kandji-sync-" + minute);
        tenant.permitList(false);
        assertFirstLine(77, "scheduled", "sync");
        tenant.permitList(true);
        installation.without("JOB_NAME").run("sync", "--again");

        assertFirstLine(
                0,
                "scheduled, by the name of Job kandji-sync-" + minute,
                installation.with("JOB_NAME", "kandji-sync-" + minute),
                "sync");

        assertThat(installation.lines("select outcome from kandji.sync_run order by slot"))
                .containsExactly("superseded", "published");
    }

    @Test
    void aJobMadeByHandStandsForTheSecondOfItsFirstStart() throws Exception {
        installation.with("JOB_NAME", "kandji-sync-20261123"); // A number that is no minute near now.
        tenant.permitList(false);
        assertFirstLine(77, "this second: Job kandji-sync-20261123 was made by hand", "sync");
        tenant.permitList(true);

        assertFirstLine(0, "of the run that Job kandji-sync-20261123 began", "sync");

        assertThat(installation.lines("select run_id || ' ' || outcome || ' ' || job_name from kandji.sync_run"))
                .containsExactly("1 published kandji-sync-20261123");
    }

    @Test
    void onTheCommandLineItIsTheRegularOneOrTheOneThatIsNamed() throws Exception {
        assertFirstLine(0, "the regular one that now is in", "sync");
        assertFirstLine(0, "this second, by --again", "sync", "--again");
        String past = now.minus(Duration.ofHours(5)).toString();
        try (EtlProcess process = installation.start("sync", "--slot", past)) {
            assertThat(process.exitCode()).isEqualTo(64);
            assertThat(process.err()).contains("Slot " + past + " has passed without a run");
        }
        try (EtlProcess process = installation.start(
                "sync", "--slot", now.plus(Duration.ofHours(1)).toString())) {
            assertThat(process.exitCode()).isEqualTo(64);
            assertThat(process.err()).contains("lies in the future");
        }
    }

    @Test
    void aScheduledJobThatComesTwoHoursLateObservesNothing() throws Exception {
        long minute = now.getEpochSecond() / 60 - 121;
        installation.with("JOB_NAME", "kandji-sync-" + minute);

        assertFirstLine(0, "scheduled, by the name of Job kandji-sync-" + minute, "sync");

        assertThat(tenant.requests().count()).isZero();
    }

    private void assertFirstLine(int code, String understood, String... command) throws Exception {
        assertFirstLine(code, understood, installation, command);
    }

    private static void assertFirstLine(int code, String understood, Installation started, String... command)
            throws Exception {
        try (EtlProcess process = started.start(command)) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(code);
            assertThat(process.err().lines().toList().getFirst())
                    .contains(" INFO  Tenant 'acme', slot ")
                    .contains(understood);
        }
    }
}
