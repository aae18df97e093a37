package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five slots, 20, 15, 10, 5 and 0 days ago; in each of them something changes, and a record is rejected. */
class PruneCommandIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String D2 = "00000000-0000-4000-8000-000000000002";
    private static final String D3 = "00000000-0000-4000-8000-000000000003";

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private final ManualClock clock = new ManualClock(daysAgo(20).toString());
    private final ScriptedFleet fleet =
            ScriptedFleet.of(ScriptedFleet.row(D1), ScriptedFleet.row(D2), ScriptedFleet.row(D3), "17");
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).clock(clock).unlimited().start();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Installation installation;

    @BeforeEach
    void live() {
        installation = new Installation(folder, tenant).with("KANDJI_GUARD_MAX_ARCHIVED_PERCENT", "100");
        for (int slot = 0; slot < 5; slot++) {
            int number = slot;
            fleet.change(
                    D1,
                    row -> row.put("os_version", "15." + number)
                            .set(
                                    "user",
                                    ScriptedFleet.user("u" + number, "person" + number + "@example.com", "Person")));
            if (slot == 2) {
                fleet.change(D2, row -> row.put("is_removed", true));
            }
            clock.pass(Duration.between(clock.instant(), daysAgo(20 - 5 * slot)));
            assertThat(ClockedSync.run(installation, clock, SyncRequest.REGULAR).kind())
                    .isEqualTo(SyncReport.Kind.PUBLISHED);
        }
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void withoutAPeriodNothingIsDeleted() throws IOException {
        List<String> before = everything();

        assertThat(installation.run("prune").out())
                .contains(" history  KANDJI_RETENTION_HISTORY  -", "kept for ever", "0 runs' job metadata");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aDryRunTellsWhatWouldGoAndChangesNothing() throws IOException {
        setPeriods();
        List<String> before = everything();

        assertThat(installation.run("prune", "--dry-run").out())
                .containsPattern("history +KANDJI_RETENTION_HISTORY +\\S+Z +3 periods of devices, 3 of assignments")
                .containsPattern("lake +KANDJI_RETENTION_LAKE +\\S+Z +2 snapshots")
                .containsPattern("batch +KANDJI_RETENTION_BATCH +\\S+Z +2 runs' job metadata")
                .containsPattern("runs +KANDJI_RETENTION_RUNS +\\S+Z +2 runs' records")
                .containsPattern("rejects +KANDJI_RETENTION_REJECTS +\\S+Z +2 rejected records");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whatIsOlderThanItsPeriodGoesAndTheRestStaysAsItIs() throws IOException {
        List<String> history = lines("select to_jsonb(h)::text from kandji.device_history h"
                + " where valid_to is null or valid_to > '" + daysAgo(9) + "' order by 1");
        List<String> assignments = lines("select to_jsonb(a)::text from kandji.device_assignment a"
                + " where valid_to is null or valid_to > '" + daysAgo(9) + "' order by 1");
        List<String> devices = lines("select to_jsonb(d)::text from kandji.device d order by 1");
        List<String> answer = whoHad(daysAgo(8), daysAgo(1));
        setPeriods();

        assertThat(installation.run("prune").out())
                .contains("Deleted")
                .contains(
                        "3 periods of devices, 3 of assignments",
                        "2 snapshots",
                        "2 runs' job metadata",
                        "2 runs' records",
                        "2 rejected");

        assertThat(lines("select to_jsonb(h)::text from kandji.device_history h order by 1"))
                .isEqualTo(history);
        assertThat(lines("select to_jsonb(a)::text from kandji.device_assignment a order by 1"))
                .isEqualTo(assignments);
        assertThat(lines("select to_jsonb(d)::text from kandji.device d order by 1"))
                .isEqualTo(devices);
        assertThat(whoHad(daysAgo(8), daysAgo(1))).isEqualTo(answer);
        assertThat(installation.files().keySet().stream().filter(file -> file.startsWith("_manifests")))
                .as("the newest three, and the latest")
                .hasSize(4);
        assertThat(installation.files()).hasSize(10);
        assertThat(lines("select (lake_manifest is null)::text from kandji.sync_run order by slot"))
                .as(
                        "the records of the oldest runs go: nothing of their slots is kept; the one before the history stays")
                .containsExactly("false", "false", "false");
        assertThat(lines("select count(*) from batch.batch_job_instance")).containsExactly("3");
        assertThat(lines("select count(*) from batch.batch_step_execution_context"))
                .containsExactly("15");
        assertThat(lines("select count(*) from kandji.rejected_record")).containsExactly("3");
        assertThat(installation.run("prune").out())
                .as("again")
                .contains(
                        "0 periods of devices, 0 of assignments", "0 snapshots", "0 runs' job metadata", "0 rejected");
        assertThat(installation.run("status").out()).contains("published");
    }

    @Test
    void ofTheTimeWhoseHistoryIsGoneNobodyTells() {
        assertThat(whoHad(daysAgo(18), daysAgo(16))).containsExactly("had person0@example.com");
        setPeriods();
        installation.run("prune");

        assertThat(whoHad(daysAgo(18), daysAgo(16))).containsExactly("not observed null");
        assertThat(installation.run("who-had", "C02" + D1).out())
                .as("what is told may not be all")
                .contains(" was pruned: who had it then, and no longer after, is not told here")
                .doesNotContain("the first slot");
        assertThat(lines("select count(*) from kandji.device_at('acme', '" + daysAgo(16) + "')"))
                .containsExactly("0");
        assertThat(lines("select count(*) from kandji.device_at('acme', '" + daysAgo(8) + "')"))
                .containsExactly("3");
    }

    @Test
    void brokenOffAnywhereItGoesOnToTheSameEnd() throws IOException {
        setPeriods();
        for (String refused : Stream.of(
                        "kandji.device_history",
                        "kandji.device_assignment",
                        "batch.batch_job_instance",
                        "kandji.sync_run",
                        "kandji.rejected_record")
                .toList()) {
            installation.refuse("before delete on " + refused);
            assertThat(installation.run("prune").exitCode()).as(refused).isNotZero();
            installation.refuseNoMore(refused);
            installation.leaseRunsOut();
        }

        assertThat(installation.run("prune").exitCode()).isZero();
        assertThat(lines("select count(*) from kandji.device_history")).containsExactly("5");
        assertThat(lines("select count(*) from kandji.device_assignment where access_type = 'assigned_user'"))
                .containsExactly("3");
        assertThat(lines("select count(*) from kandji.sync_run")).containsExactly("3");
        assertThat(installation.files()).hasSize(10);
    }

    @Test
    void aRunPrunesMetadataAndRejectsByItselfAndIsPublishedThoughItCant() {
        installation.with("KANDJI_RETENTION_BATCH", "12d").with("KANDJI_RETENTION_REJECTS", "12d");
        installation.refuse("before delete on kandji.rejected_record");
        clock.pass(Duration.ofHours(2));
        assertThat(ClockedSync.run(installation, clock, SyncRequest.REGULAR).kind())
                .isEqualTo(SyncReport.Kind.PUBLISHED);
        assertThat(lines("select count(*) from batch.batch_job_instance")).containsExactly("4");
        assertThat(lines("select count(*) from kandji.rejected_record")).containsExactly("6");
        installation.refuseNoMore("kandji.rejected_record");

        clock.pass(Duration.ofHours(2));
        ClockedSync.run(installation, clock, SyncRequest.REGULAR);

        assertThat(lines("select count(*) from kandji.rejected_record")).containsExactly("5");
        assertThat(lines("select count(*) from kandji.sync_run"))
                .as("records of runs stay")
                .containsExactly("7");
    }

    private void setPeriods() {
        installation
                .with("KANDJI_RETENTION_HISTORY", "9d")
                .with("KANDJI_RETENTION_LAKE", "12d")
                .with("KANDJI_RETENTION_RUNS", "12d")
                .with("KANDJI_RETENTION_BATCH", "12d")
                .with("KANDJI_RETENTION_REJECTS", "12d");
    }

    private Instant daysAgo(int days) {
        return today.minus(Duration.ofDays(days));
    }

    private List<String> whoHad(Instant from, Instant to) {
        return lines("select answer || ' ' || coalesce(user_email, 'null') from kandji.who_had('acme', 'C02" + D1
                + "', '" + from + "', '" + to + "') where access_type is distinct from 'local_account'");
    }

    private List<String> lines(String sql) {
        return installation.lines(sql);
    }

    private List<String> everything() throws IOException {
        return Stream.of(
                        installation.tables().stream(),
                        installation.files().entrySet().stream().map(Object::toString),
                        lines("select to_jsonb(i)::text from batch.batch_job_instance i order by 1").stream(),
                        lines("select count(*) from batch.batch_step_execution").stream())
                .flatMap(all -> all)
                .toList();
    }
}
