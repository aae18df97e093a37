package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines with kubectl that messages and documents print do what they say, as kubectl itself takes them. */
class KubectlCommandsTests {

    private static final Path README = Path.of("k8s/README.md");

    @TempDir
    private Path folder;

    private ClusterApi cluster;

    @BeforeEach
    void start() throws IOException {
        RenderedManifests.assumeKubectl();
        cluster = new ClusterApi();
    }

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private void apply(String overlay) throws Exception {
        for (V1CronJob cronJob : RenderedManifests.of(Path.of("k8s", overlay)).all(V1CronJob.class)) {
            cluster.put(
                    "cronjobs/" + Objects.requireNonNull(cronJob.getMetadata()).getName(), JSON.serialize(cronJob));
        }
    }

    private static Commands commands(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        return Commands.of(all);
    }

    /** Types a message's command, and gives the container of the Job that it creates. */
    private JsonNode type(Commands commands, String command) throws Exception {
        String spelled = commands.spell("`" + command + "`").replace("`", "");
        JsonNode job;
        if (spelled.contains("|")) {
            cluster.shell(folder, spelled);
            job = cluster.created();
        } else {
            // What it sends by itself is no JSON.
            job = JsonMapper.shared().readTree(cluster.shell(folder, spelled + " --dry-run=client -o json"));
        }
        assertThat(job.path("kind").asString()).isEqualTo("Job");
        assertThat(job.path("metadata").path("name").asString()).matches("[a-z0-9-]{1,63}");
        return job.path("spec").path("template").path("spec").path("containers").path(0);
    }

    private static List<String> args(JsonNode container) {
        return StreamSupport.stream(container.path("args").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static Map<String, String> environment(JsonNode container) {
        return StreamSupport.stream(container.path("env").spliterator(), false)
                .filter(variable -> variable.has("value"))
                .collect(Collectors.toMap(
                        variable -> variable.path("name").asString(),
                        variable -> variable.path("value").asString()));
    }

    @ParameterizedTest
    @CsvSource({
        "check, check",
        "restart 4, restart",
        "sync --again, sync",
        "abandon 4, abandon 4",
        "sync --again --accept-rejects, sync --again --accept-rejects",
        "rejects --run 4, rejects --run 4"
    })
    void aMessagesCommandMakesTheJob(String command, String args) throws Exception {
        apply("base");

        assertThat(args(type(commands(Map.of()), command))).containsExactly(args.split(" "));
    }

    @Test
    void whereThereAreSeveralTenantsItIsTheTenants() throws Exception {
        apply("overlays/many-tenants");

        JsonNode container = type(commands(Map.of("KANDJI_CRONJOB_SUFFIX", "-globex")), "abandon 4");

        assertThat(args(container)).containsExactly("abandon", "4");
        assertThat(container
                        .path("envFrom")
                        .path(0)
                        .path("configMapRef")
                        .path("name")
                        .asString())
                .startsWith("kandji-settings-globex");
    }

    @ParameterizedTest
    @CsvSource({"accept-archival, accept-archival", "sync --again, sync --again", "prune, prune", "stop 4, stop 4"})
    void whereOneJobRunsForAllTenantsItIsForOne(String command, String args) throws Exception {
        apply("overlays/indexed");

        JsonNode container = type(commands(Map.of("KANDJI_INDEX", "1")), command);

        assertThat(args(container)).containsExactly(args.split(" "));
        assertThat(environment(container))
                .containsEntry("KANDJI_INDEX", "1")
                .containsEntry("KANDJI_JOB", "tenant-$(KANDJI_INDEX)");
    }

    @Test
    void theDocumentsCommandsPrintWhatTheyShow() throws Exception {
        cluster.put("pods", Files.readString(Path.of("src/test/resources/kubernetes/pods-of-a-failed-job.json")));
        cluster.put(
                "jobs/kandji-sync-29932560",
                Files.readString(Path.of("src/test/resources/kubernetes/failed-job.json")));

        List<String[]> shown = shown();
        assertThat(shown).hasSize(2);
        for (String[] commandAndOutput : shown) {
            assertThat(cluster.shell(folder, commandAndOutput[0]))
                    .as(commandAndOutput[0])
                    .isEqualTo(commandAndOutput[1]);
        }
    }

    @Test
    void theDocumentedWayToGiveArgumentsMakesTheJob() throws Exception {
        apply("base");
        String command =
                blocks().stream().filter(block -> block.contains("who-had")).collect(Collectors.joining());

        cluster.shell(folder, command);

        assertThat(args(cluster.created()
                        .path("spec")
                        .path("template")
                        .path("spec")
                        .path("containers")
                        .path(0)))
                .containsExactly("who-had", "C02ABC12DEF3", "--on", "2026-03-03");
    }

    private static List<String> blocks() throws IOException {
        return Pattern.compile("(?ms)^```\\n(.*?)^```$")
                .matcher(Files.readString(README))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Each command of the README behind a prompt, with the lines below it. */
    private static List<String[]> shown() throws IOException {
        List<String[]> shown = new ArrayList<>();
        for (String block : blocks()) {
            for (MatchResult match : Pattern.compile("(?m)^\\$ (kubectl .*)\\n((?:[^$].*\\n)*)")
                    .matcher(block)
                    .results()
                    .toList()) {
                shown.add(new String[] {match.group(1), match.group(2)});
            }
        }
        return shown;
    }
}
