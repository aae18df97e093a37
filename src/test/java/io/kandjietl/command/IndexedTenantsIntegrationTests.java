package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where one Job runs for all tenants, a pod's number names its tenant: with the files of that overlay, as they stand. */
class IndexedTenantsIntegrationTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(SimulatedFleet.builder().size(20).build())
            .unlimited()
            .start();

    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeEach
    void install() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("kandji-api-token-globex"), tenant.token());
        Files.createFile(folder.resolve("termination-log"));
        installation = new Installation(folder, tenant)
                .without("KANDJI_API_TOKEN")
                .without("KANDJI_TENANT")
                .with("KANDJI_SECRETS_DIR", secrets.toString())
                .with(
                        "KANDJI_JOBS_DIR",
                        Path.of("k8s/overlays/indexed/tenants").toAbsolutePath().toString());
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    private CommandResult run(String index, String command) {
        return installation
                .with("KANDJI_INDEX", index)
                .with("KANDJI_JOB", "tenant-" + index)
                .run(command);
    }

    @Test
    void eachPodRunsForItsTenantWithItsToken() {
        CommandResult result = run("1", "sync");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(installation.lines("select tenant from kandji.sync_run where outcome = 'published'"))
                .containsExactly("globex");
    }

    @Test
    void aTenantWithoutATokenFailsAloneAndNamesTheKey() throws IOException {
        assertThat(run("0", "sync").exitCode()).isEqualTo(78);
        assertThat(terminationMessage())
                .contains("there is no kandji-api-token-acme", "Add the key kandji-api-token-acme to the Secret");
    }

    @Test
    void aCommandWithoutATenantSaysWhatItMisses() throws IOException {
        assertThat(run("WHICH", "status").exitCode()).isEqualTo(78);
        assertThat(terminationMessage()).contains("there is no jobs/tenant-WHICH.yaml");
    }

    private String terminationMessage() throws IOException {
        return Files.readString(folder.resolve("termination-log"));
    }
}
