package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import io.kandjietl.failure.ExitCode;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import io.kandjietl.support.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandIntegrationTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder().unlimited().start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void allIsWellBeforeTheFirstRunAndAfterIt() throws IOException {
        Installation installation = installation();

        CommandResult before = installation.run("check");
        assertThat(before.exitCode()).as(before.out()).isZero();
        assertThat(before.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("✓ Settings: tenant acme, slots of 2h"),
                        line -> assertThat(line).isEqualTo("✓ Kandji host: 127.0.0.1 is 127.0.0.1"),
                        line -> assertThat(line)
                                .isEqualTo("✓ Kandji connection: reached without TLS: it is this machine"),
                        line -> assertThat(line)
                                .isEqualTo("✓ Kandji list: the token may list devices; the first page has 300"),
                        line -> assertThat(line).isEqualTo("✓ Kandji details: the token may read details"),
                        line -> assertThat(line).startsWith("✓ Kandji clock: agrees with this machine's to "),
                        line -> assertThat(line).isEqualTo("✓ Kandji budget: not told by the answers"),
                        line -> assertThat(line).startsWith("✓ PostgreSQL: version 18"),
                        line -> assertThat(line).startsWith("✓ PostgreSQL clock: agrees with this machine's to 0."),
                        line -> assertThat(line).isEqualTo("✓ Schema: not there yet; the first run creates it"),
                        line -> assertThat(line)
                                .startsWith("✓ Lake: file:///")
                                .contains("a file was written, read and removed"));
        assertThat(installation.files()).isEmpty();

        installation.run("migrate");
        assertThat(installation.run("check").out()).containsPattern("✓ Schema: at version \\d");
    }

    @Test
    void aRefusedTokenIsToldAndTheRestIsCheckedAllTheSame() {
        tenant.acceptToken("another");

        CommandResult result = installation().run("check");

        assertThat(result.exitCode()).isEqualTo(77);
        assertThat(result.out())
                .contains("✗ Kandji list: Failed to authenticate with Kandji", "✓ PostgreSQL: version", "✓ Lake: ");
    }

    @Test
    void aMissingListPermissionIsTold() {
        tenant.permitList(false);

        CommandResult result = installation().run("check");

        assertThat(result.exitCode()).isEqualTo(77);
        assertThat(result.out())
                .contains("✗ Kandji list: API token does not have sufficient permissions (\"Device list\")");
    }

    @Test
    void aCertificateThatIsNotTrustedIsTold() throws Exception {
        HttpsServer untrusted = SelfSigned.server();
        untrusted.start();
        try {
            CommandResult result = installation()
                    .with(
                            "KANDJI_BASE_URL",
                            "https://localhost:" + untrusted.getAddress().getPort())
                    .run("check");

            assertThat(result.exitCode()).isEqualTo(69);
            assertThat(result.out())
                    .contains(
                            "✓ Kandji host: localhost is ",
                            "✗ Kandji connection: Could not reach Kandji: TLS with localhost failed")
                    .doesNotContain("Kandji list");
        } finally {
            untrusted.stop(0);
        }
    }

    @Test
    void aHostWhereNobodyListensIsTold() {
        tenant.close();

        CommandResult result = installation().run("check");

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.out()).contains("✗ Kandji connection: Could not reach Kandji: no connection to 127.0.0.1");
    }

    @Test
    void aMissingDetailsPermissionIsToldAndGivesTheExitCode() {
        tenant.permitDetails(false);

        CommandResult result = installation().run("check");

        assertThat(result.exitCode()).isEqualTo(77);
        assertThat(result.out())
                .contains(
                        "✓ Kandji list: ",
                        "✗ Kandji details: API token does not have sufficient permissions (\"Device details\")");
    }

    @Test
    void aHostThatKnowsNoDevicesDetailsIsTold() {
        tenant.faults().onDetails().always().answers(StockAnswer.NOT_FOUND_DETAIL);

        CommandResult result = installation().run("check");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.out())
                .contains(
                        "✗ Kandji details: API endpoint not found: the details of listed devices are unknown (5 tried)");
    }

    @Test
    void anEmptyFleetHasNoDetailsToTry() {
        try (SimulatedTenant empty =
                SimulatedTenant.builder().fleet(ScriptedFleet.of()).start()) {
            CommandResult result = new Installation(folder, empty).run("check");

            assertThat(result.exitCode()).as(result.out()).isZero();
            assertThat(result.out()).contains("✓ Kandji details: not tried: no device is listed");
        }
    }

    @Test
    void whatIsLeftOfTheLimitAndWhatTheLastListingTookAreTold() {
        try (SimulatedTenant limited = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(501)
                        .frozenAt(Instant.parse("2026-11-23T12:00:00Z"))
                        .build())
                .start()) {
            Installation installation = new Installation(folder, limited).with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0");
            installation.run("sync");

            CommandResult result = installation.run("check");
            assertThat(result.exitCode()).as(result.out()).isZero();
            assertThat(result.out())
                    .containsPattern("✓ Kandji budget: 9,9\\d\\d of the tenant's 10,000 requests are left in this hour")
                    .contains("✓ Share: a listing of 501 devices takes 3 requests of the share of 5,000 an hour");

            CommandResult tooLittle = installation
                    .with("KANDJI_REQUESTS_PER_HOUR", "1")
                    .with("KANDJI_PAGE_SIZE", "100")
                    .run("check");
            assertThat(tooLittle.exitCode()).isEqualTo(75);
            assertThat(tooLittle.out()).contains("✗ Share: ", "Raise KANDJI_REQUESTS_PER_HOUR");
        }
    }

    @Test
    void kandjiIsNotAskedWhileItAsksToWait() {
        Installation installation = installation();
        installation.run("sync");
        installation
                .jdbc()
                .sql("insert into kandji.request_block (tenant, blocked_until, told_at)"
                        + " values ('acme', now() + interval '1 hour', now())")
                .update();
        tenant.requests().clear();

        CommandResult result = installation.run("check");

        assertThat(result.exitCode()).isEqualTo(75);
        assertThat(result.out()).contains("✗ Kandji: Kandji asked not to be asked before ", "✓ Lake: ");
        assertThat(tenant.requests().count()).isZero();
    }

    @Test
    void aRoleThatMayNotWriteIsToldWithWhatMendsItAndNoRunIsBegun() {
        Installation installation = installation();
        installation.run("migrate");
        installation
                .jdbc()
                .sql("create role reader_of_check login; grant usage on schema kandji, batch to reader_of_check;"
                        + " grant select on all tables in schema kandji, batch to reader_of_check")
                .update();
        try {
            installation.with("SPRING_DATASOURCE_USERNAME", "reader_of_check");

            CommandResult result = installation.run("check");
            assertThat(result.exitCode()).isEqualTo(78);
            assertThat(result.out())
                    .contains(
                            "✗ PostgreSQL rights: The role reader_of_check may not read and write ",
                            "kandji.device,",
                            "run sql/roles/roles.sql, then grant kandji_job to reader_of_check");
            assertThat(installation.run("sync").exitCode()).isEqualTo(78);
            assertThat(installation.lines("select count(*) from kandji.sync_run"))
                    .containsExactly("0");
        } finally {
            installation
                    .jdbc()
                    .sql("drop owned by reader_of_check; drop role reader_of_check")
                    .update();
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsToldAndTheLakeIsCheckedAllTheSame() {
        CommandResult result = installation()
                .with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/nothing")
                .run("check");

        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.out()).contains("✗ PostgreSQL: PostgreSQL did not answer, or went away", "✓ Lake: ");
    }

    @Test
    void aLakeThatCantBeWrittenIsTold() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");

        CommandResult result =
                installation().with("LAKE_URI", "file://" + blocked + "/lake").run("check");

        assertThat(result.exitCode()).isEqualTo(73);
        assertThat(result.out()).contains("✗ Lake: ", "Not a directory");
    }

    @Test
    void anOldSchemaThatNoRunMayMigrateIsTold() {
        CommandResult result =
                installation().with("KANDJI_MIGRATE_ON_START", "false").run("check");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.out())
                .contains("✗ Schema: The schemas kandji and batch are not there, and KANDJI_MIGRATE_ON_START is false");
    }

    @Test
    void theGravestFindingGivesTheExitCode() {
        tenant.acceptToken("another");

        assertThat(installation()
                        .with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/nothing")
                        .run("check")
                        .exitCode())
                .isEqualTo(77);
    }

    @Test
    void everyExitCodeHasItsGravity() {
        assertThat(CheckCommand.GRAVITY).containsExactlyInAnyOrder(ExitCode.values());
    }

    @Test
    void wrongSettingsAreAllThatIsTold() {
        CommandResult result = installation()
                .without("KANDJI_API_TOKEN")
                .with("KANDJI_PAGE_SIZE", "many")
                .run("check");

        assertThat(result.exitCode()).isEqualTo(78);
        assertThat(result.out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("✗ KANDJI_API_TOKEN: is not set"))
                .anySatisfy(line -> assertThat(line).startsWith("✗ KANDJI_PAGE_SIZE: 'many' is no number"));
        assertThat(tenant.requests().count()).isZero();
    }

    private Installation installation() {
        return new Installation(folder, tenant);
    }
}
