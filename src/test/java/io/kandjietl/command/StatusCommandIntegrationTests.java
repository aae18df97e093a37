package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusCommandIntegrationTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(ScriptedFleet.row("d1"), ScriptedFleet.row("d2")))
            .unlimited()
            .start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void beforeTheFirstRunThereIsNothingToShow() {
        Installation installation = installation();
        installation.run("migrate");

        assertThat(installation.run("status"))
                .returns(0, CommandResult::exitCode)
                .satisfies(result -> assertThat(result.out()).isEqualTo("Tenant acme has no run yet\n"));
    }

    @Test
    void runsAreShownTheNewestFirstWithCauseAndRemedy() {
        Installation installation = installation();
        installation.run("sync");
        tenant.permitList(false);
        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(77);

        CommandResult result = installation.run("status");

        assertThat(result.exitCode()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines.getFirst()).matches(" +Run +Slot +Outcome +Step +Devices +Changed .* Requests +Took");
        assertThat(lines.get(1)).contains(" failed ", " extractDevices ");
        assertThat(lines.get(2)).contains(" published ", " 2 ");
        assertThat(lines.subList(0, 3)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(result.out())
                .contains(
                        "Newest published slot: ",
                        "Details: the oldest of 20",
                        "s ago; 0 active devices were never looked up",
                        "Run 2, failed (exit 77): API token does not have sufficient permissions (\"Device list\")",
                        "  -> Give the token the permission \"Device list\"");
        assertThat(installation.run("status", "--limit", "1").out()).contains("None of these runs is published");
    }

    @Test
    void whatWasMendedByANewerRunNeedsNobody() {
        Installation installation = installation();
        tenant.permitList(false);
        installation.run("sync", "--again");
        tenant.permitList(true);
        installation.run("sync", "--again");

        assertThat(installation.run("status").out()).contains(" failed ").doesNotContain("->", "exit 77");
    }

    @Test
    void theTableOfALargeFleetFitsATerminal() {
        Installation installation = installation();
        installation.run("sync");
        installation.run("sync", "--again");
        installation.jdbc().sql("delete from kandji.run_requests").update();
        installation
                .jdbc()
                .sql("update kandji.sync_run set outcome = 'superseded' where run_id = 2")
                .update();
        installation.jdbc().sql("""
                        update kandji.sync_run
                        set run_id = 123456, outcome = 'failed', failed_step = 'publishWarehouse',
                            devices_listed = 1000000, devices_changed = 1000000, devices_archived = 1000000,
                            devices_held = 50000, devices_rejected = 99999, requests_used = 99999,
                            started_at = now() - interval '99 minutes 59 seconds', finished_at = now()
                        where run_id = 1
                        """).update();

        assertThat(installation.run("status").out().lines().limit(3))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
                .anySatisfy(line -> assertThat(line).contains("123456 ", " 1000000 ", " 1h39m"));
    }

    @Test
    void onATerminalOutcomesHaveColours() {
        Installation installation = installation();
        installation.run("sync");
        tenant.permitList(false);
        installation.run("sync", "--again");

        assertThat(installation.runAtTerminal("status").out())
                .contains("\u001B[32mpublished\u001B[39m\u001B[0m", "\u001B[31mfailed\u001B[39m\u001B[0m");
        assertThat(installation.run("status").out()).doesNotContain("\u001B");
    }

    @Test
    void asJsonEachRunIsALine() {
        Installation installation = installation().with("LAKE_URI", "none");
        installation.run("sync");

        CommandResult result = installation.run("status", "--json");

        JsonNode run = new JsonMapper().readTree(result.out());
        assertThat(run.path("outcome").asString()).isEqualTo("published");
        assertThat(run.path("devices_listed").asLong()).isEqualTo(2);
        assertThat(run.path("exit_code").asInt()).isZero();
        assertThat(run.path("cause").isNull()).isTrue();
    }

    @Test
    void aSlotThatIsNotInTheLakeIsListed() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.sync_run set lake_manifest = null")
                .update();

        assertThat(installation.run("status").out()).contains("Slots not in the lake: 20");

        installation
                .jdbc()
                .sql("update kandji.sync_run set slot = slot - interval '8 days'")
                .update();
        installation.with("KANDJI_RETENTION_LAKE", "7d");
        assertThat(installation.run("status").out())
                .as("one that is older than the lake keeps any")
                .doesNotContain("Slots not in the lake");
    }

    @Test
    void slotsInWhichNothingWasPublishedAreListed() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.sync_run set slot = date_bin('2 hours', now(), 'epoch') - interval '8 hours'")
                .update();
        assertThat(installation.run("sync", "--again").exitCode()).isZero();

        String missing = installation
                .run("status")
                .out()
                .lines()
                .filter(line -> line.startsWith("Slots not observed: "))
                .findFirst()
                .orElseThrow();
        assertThat(missing.split(", ")).hasSize(3);
    }

    @Test
    void ofARunThatIsGoingOnItShowsTheRequestsUpToNow() {
        Installation installation = installation();
        installation.run("sync");
        installation.jdbc().sql("update kandji.sync_run set requests_used = 0").update();
        installation
                .jdbc()
                .sql("update kandji.run_requests set requests = 4711")
                .update();

        assertThat(installation.run("status").out()).contains(" 4711 ");
        assertThat(installation.run("status", "--json").out()).contains("\"requests_used\":4711,");
    }

    @Test
    void aRunWhoseProcessDiedSaysSo() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.sync_run set outcome = 'running', exit_code = null, finished_at = null")
                .update();

        assertThat(installation.run("status").out())
                .contains(
                        " died ",
                        "Run 1, died: Nobody is at work on it: its process, of ",
                        "  -> Go on with it: `restart 1`");
    }

    @Test
    void inKubernetesCommandsAreThoseOfKubectl() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("update kandji.sync_run set outcome = 'running', exit_code = null, finished_at = null")
                .update();

        assertThat(installation
                        .with("KUBERNETES_SERVICE_HOST", "10.0.0.1")
                        .run("status")
                        .out())
                .contains("  -> Go on with it: `kubectl create job --from=cronjob/kandji-restart restart-$(date +%s)`");
    }

    @Test
    void withoutTablesItSaysWhatMakesThem() {
        assertThat(installation().run("status").exitCode()).isEqualTo(78);
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }
}
