package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the process ends with, each from its real cause; what the log's last line, the termination message and the run's record
 * say of it. That a run that is stopped ends with 75 is shown where runs are stopped.
 */
class ExitCodeFunctionalTests {

    private static final int DEVICES = 60;

    private final ScriptedFleet fleet = ScriptedFleet.of(IntStream.range(0, DEVICES)
            .mapToObj(number -> ScriptedFleet.row(id(number)))
            .toArray(String[]::new));
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    private Installation installation;
    private Path terminationLog;

    @BeforeEach
    void install() throws IOException {
        installation = new Installation(folder, tenant);
        terminationLog = Files.createFile(folder.resolve("termination-log"));
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void publishedIs0() throws Exception {
        try (EtlProcess process = EtlProcess.startJar(folder, installation.environment(), "sync")) {
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(installation.lines("select outcome || ' ' || exit_code from kandji.sync_run"))
                .containsExactly("published 0");
        assertThat(terminationLog).isEmptyFile();
    }

    @Test
    void whatNobodyForesawIs1() throws Exception {
        installation.run("migrate");
        installation.refuse("before insert on kandji.device");

        assertEnds(1, "failed 1 publishWarehouse", "a trigger that is not ours", "sync");
    }

    @Test
    void wrongUsageIs64() throws Exception {
        try (EtlProcess process = installation.start("sync", "--slot", "noon")) {
            assertThat(process.exitCode()).isEqualTo(64);
            assertThat(process.err()).contains("--slot", "noon", "2026-11-23T12:00Z");
        }
        try (EtlProcess process = installation.start()) {
            assertThat(process.exitCode()).isEqualTo(64);
            assertThat(process.err()).contains("Usage: kandji-etl", "restart");
        }
    }

    @Test
    void tooManyRejectsAre65() throws Exception {
        IntStream.range(0, 12).forEach(number -> fleet.change(id(number), row -> row.put("user", 4711)));

        assertEnds(65, "failed 65 publishWarehouse", "12 of 60 listed devices were rejected", "sync");
    }

    @Test
    void archivingThatIsHeldBackIs66() throws Exception {
        installation.run("sync");
        IntStream.range(0, 50).forEach(number -> fleet.remove(id(number)));

        assertEnds(66, "published 66 ", "the archiving of 50 devices was held back", "sync", "--again");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIs69() throws Exception {
        String url = installation.database().url();
        installation.with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/warehouse");
        try (EtlProcess process = installation.start("sync")) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(69);
        }
        assertTold(69, "PostgreSQL did not answer");
        installation.with("SPRING_DATASOURCE_URL", url);
    }

    @Test
    void aLakeThatCantBeWrittenIs73() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        installation.with("LAKE_URI", "file://" + blocked + "/lake");

        assertEnds(73, "published 73 publishLake", blocked.toString(), "sync");
    }

    @Test
    void aBudgetThatDoesNotSufficeInTimeIs75() throws Exception {
        installation.run("migrate");
        installation
                .jdbc()
                .sql("insert into kandji.request_block (tenant, blocked_until, told_at)"
                        + " values ('acme', now() + interval '1 day', now())")
                .update();

        assertEnds(
                75, "failed 75 extractDevices", "The request budget of tenant 'acme' does not suffice in time", "sync");
    }

    @Test
    void aRefusedTokenIs77() throws Exception {
        installation.with("KANDJI_API_TOKEN", "another-token-than-the-tenants");

        assertEnds(77, "failed 77 extractDevices", "Failed to authenticate with Kandji", "sync");
    }

    @Test
    void aWrongSettingIs78() throws Exception {
        try (EtlProcess process = installation.with("KANDJI_PAGE_SIZE", "many").start("sync")) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(78);
        }
        assertTold(78, "KANDJI_PAGE_SIZE: 'many' is no number");
    }

    private void assertEnds(int code, String recorded, String cause, String... command) throws Exception {
        try (EtlProcess process = installation.start(command)) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(code);
            assertThat(process.err().lines().toList().getLast()).contains("ERROR", cause, "(exit " + code + ")");
        }
        assertTold(code, cause);
        assertThat(installation.lines("select outcome || ' ' || exit_code || ' ' || coalesce(failed_step, '')"
                        + " from kandji.sync_run order by slot desc limit 1"))
                .containsExactly(recorded);
        assertThat(installation
                        .lines("select cause from kandji.sync_run order by slot desc limit 1")
                        .getFirst())
                .contains(cause);
    }

    /** Where Kubernetes looks for it. */
    private void assertTold(int code, String cause) throws IOException {
        assertThat(Files.readString(terminationLog)).contains(cause, "(exit " + code + ")");
    }

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }
}
