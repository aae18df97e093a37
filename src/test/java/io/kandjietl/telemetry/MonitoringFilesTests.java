package io.kandjietl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MonitoringFilesTests {

    private static final Path RULES = Path.of("k8s/components/monitoring/prometheus-rules.yaml");
    private static final Path DASHBOARD = Path.of("k8s/components/monitoring/grafana-dashboard.json");

    private static final Pattern NAME = Pattern.compile("kandji_etl_[a-z_]+");

    private static final Set<String> SENT =
            Arrays.stream(Metric.values()).map(Metric::id).collect(Collectors.toCollection(TreeSet::new));

    private final JsonMapper json = new JsonMapper();

    @Test
    void theAlertsAskForMetricsThatAreSent() throws IOException {
        JsonNode rules = rules();

        assertThat(rules.path("apiVersion").asString()).isEqualTo("monitoring.coreos.com/v1");
        assertThat(rules.path("kind").asString()).isEqualTo("PrometheusRule");
        assertThat(rules.findValuesAsString("expr"))
                .isNotEmpty()
                .allSatisfy(expr -> assertThat(names(expr)).isNotEmpty().isSubsetOf(SENT));
    }

    @Test
    void eachAlertSaysHowUrgentItIsAndWhatToType() throws IOException {
        for (JsonNode alert : rules().path("spec").path("groups").path(0).path("rules")) {
            assertThat(alert.path("labels").path("severity").asString()).isIn("page", "ticket");
            assertThat(alert.path("annotations").path("summary").asString()).isNotBlank();
            assertThat(alert.path("annotations").path("description").asString())
                    .as(alert.path("alert").asString())
                    .contains("kubectl create job --from=cronjob/kandji-status status-$(date +%s)");
        }
    }

    @Test
    void whatNobodyElseMendsPages() throws IOException {
        Set<String> paging = StreamSupport.stream(
                        rules().path("spec")
                                .path("groups")
                                .path(0)
                                .path("rules")
                                .spliterator(),
                        false)
                .filter(alert ->
                        alert.path("labels").path("severity").asString().equals("page"))
                .map(alert -> alert.path("expr").asString())
                .filter(expr -> expr.contains("kandji_etl_exit_code"))
                .map(expr -> expr.substring(expr.indexOf("== ") + 3))
                .collect(Collectors.toSet());

        assertThat(paging).containsExactlyInAnyOrder("65", "66", "77", "78");
    }

    /** By Prometheus's own tool, where it is installed: what fires when, with failed runs, several tenants, a new Pushgateway. */
    @Test
    void theAlertsFireWhenTheyShould(@TempDir Path folder) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not on the PATH: the alerts are not evaluated");
        Files.writeString(folder.resolve("rules.yaml"), json.writeValueAsString(rules().path("spec")));
        Files.copy(Path.of("src/test/resources/monitoring/alerts.yaml"), folder.resolve("alerts.yaml"));
        Path said = folder.resolve("said.txt");

        int code = new ProcessBuilder("promtool", "test", "rules", "alerts.yaml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(said)).isZero();
    }

    @Test
    void theDashboardShowsEveryMetricThatIsSent() throws IOException {
        JsonNode dashboard = json.readTree(Files.readString(DASHBOARD));

        assertThat(dashboard.path("panels").size()).isPositive();
        assertThat(names(dashboard.toString())).isEqualTo(SENT);
    }

    @Test
    void theRunbookNamesEveryMetricThatIsSent() throws IOException {
        assertThat(names(Files.readString(Path.of("jobs/README.md")))).isEqualTo(SENT);
    }

    private JsonNode rules() throws IOException {
        return json.valueToTree(new Yaml().load(Files.readString(RULES)));
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
