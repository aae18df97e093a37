package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Receiver;
import io.kandjietl.support.TableLock;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTelemetryIntegrationTests {

    private static final String LAST_PUBLISHED = "kandji_etl_last_published_slot_timestamp_seconds{tenant=acme}";

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(ScriptedFleet.row("d1"), ScriptedFleet.row("d2"), ScriptedFleet.row("d3")))
            .unlimited()
            .start();

    private final Receiver receiver = Receiver.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        receiver.close();
        tenant.close();
    }

    @Test
    void aPublishedRunTellsWhatItsRecordSays() {
        Installation installation = installation();

        assertThat(installation.run("sync").exitCode()).isZero();

        Map<String, Double> group = receiver.group();
        assertThat(receiver.collected()).isEqualTo(group);
        assertThat(group)
                .containsEntry("kandji_etl_devices_listed{tenant=acme}", recorded(installation, "devices_listed"))
                .containsEntry("kandji_etl_devices_listed{tenant=acme}", 3.0)
                .containsEntry("kandji_etl_devices_changed{tenant=acme}", recorded(installation, "devices_changed"))
                .containsEntry("kandji_etl_devices_archived{tenant=acme}", recorded(installation, "devices_archived"))
                .containsEntry("kandji_etl_devices_held{tenant=acme}", recorded(installation, "devices_held"))
                .containsEntry("kandji_etl_devices_rejected{tenant=acme}", recorded(installation, "devices_rejected"))
                .containsEntry(
                        "kandji_etl_devices_without_details{tenant=acme}", recorded(installation, "details_unknown"))
                .containsEntry("kandji_etl_requests{tenant=acme}", recorded(installation, "requests_used"))
                .containsEntry(LAST_PUBLISHED, recorded(installation, "extract(epoch from slot)"))
                .containsEntry("kandji_etl_devices_active{tenant=acme}", 3.0)
                .containsEntry("kandji_etl_retries{tenant=acme}", 0.0)
                .containsEntry(
                        "kandji_etl_requests_left_of_hour{tenant=acme}",
                        5_000 - number(installation, "select sum(requests_granted) from kandji.request_ledger"))
                .containsEntry("kandji_etl_exit_code{tenant=acme}", 0.0)
                .containsEntry("kandji_etl_run_outcome{outcome=published, tenant=acme}", 1.0)
                .containsEntry("kandji_etl_in_lake{tenant=acme}", 1.0)
                .containsEntry("kandji_etl_slots_not_in_lake{tenant=acme}", 0.0)
                .containsKeys(
                        "kandji_etl_oldest_details_age_seconds{tenant=acme}",
                        "kandji_etl_run_duration_seconds{tenant=acme}",
                        "kandji_etl_run_end_timestamp_seconds{tenant=acme}")
                .as("five steps, seven outcomes")
                .hasSize(17 + 5 + 7);
        assertThat(group.keySet().stream().filter(key -> key.startsWith("kandji_etl_step_duration_seconds{step=")))
                .hasSize(5);
    }

    @Test
    void aRunIsATraceOfItsStepsAndTheirRequests() {
        Installation installation = installation();

        installation.run("sync");

        List<Span> spans = receiver.spans();
        Map<Object, String> names = spans.stream().collect(Collectors.toMap(Span::getSpanId, Span::getName));
        assertThat(spans)
                .extracting(Span::getTraceId)
                .containsOnly(spans.getFirst().getTraceId());
        List<String> ways = spans.stream()
                .map(span -> names.getOrDefault(span.getParentSpanId(), "") + " > " + span.getName())
                .toList();
        assertThat(ways)
                .contains(
                        " > kandji.run",
                        "kandji.run > spring.batch.job",
                        "spring.batch.job > extractDevices",
                        "spring.batch.job > confirmAbsences",
                        "spring.batch.job > extractDetails",
                        "spring.batch.job > publishWarehouse",
                        "spring.batch.job > publishLake",
                        "extractDevices > GET /api/v1/devices",
                        "extractDetails > GET /api/v1/devices/{id}/details");
        assertThat((double) ways.stream().filter(way -> way.contains(" > GET ")).count())
                .isEqualTo(recorded(installation, "requests_used"));
    }

    @Test
    void theTokenIsNowhereInWhatIsSent() {
        Installation installation = installation();
        installation.run("sync");
        tenant.permitList(false);
        installation.run("sync", "--again");

        assertThat(receiver.received())
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(request -> assertThat(request.target() + request.headers() + request.text())
                        .doesNotContain(tenant.token())
                        .doesNotContainIgnoringCase("bearer"));
    }

    @Test
    void aFailedRunKeepsWhenTheLastSlotWasPublished() {
        Installation installation = installation();
        installation.run("sync");
        double slot = recorded(installation, "extract(epoch from slot)");
        tenant.permitList(false);

        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(77);

        assertThat(receiver.group())
                .containsEntry(LAST_PUBLISHED, slot)
                .containsEntry("kandji_etl_exit_code{tenant=acme}", 77.0)
                .containsEntry("kandji_etl_run_outcome{outcome=failed, tenant=acme}", 1.0)
                .containsEntry("kandji_etl_run_outcome{outcome=published, tenant=acme}", 0.0);
        assertThat(receiver.collected()).containsEntry(LAST_PUBLISHED, slot);
        assertThat(receiver.spans().stream().filter(span -> span.getName().equals("kandji.run")))
                .hasSize(2)
                .last()
                .satisfies(span -> assertThat(span.toString()).contains("\"77\"", "STATUS_CODE_ERROR"));
    }

    @Test
    void withoutADatabaseTheRestIsTold() {
        Installation installation = installation();
        installation.run("sync");
        double slot = recorded(installation, "extract(epoch from slot)");

        assertThat(installation
                        .with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/warehouse")
                        .run("sync", "--again")
                        .exitCode())
                .isEqualTo(69);

        assertThat(receiver.group())
                .containsEntry(LAST_PUBLISHED, slot)
                .containsEntry("kandji_etl_exit_code{tenant=acme}", 69.0)
                .containsEntry("kandji_etl_run_outcome{outcome=failed, tenant=acme}", 1.0);
        assertThat(receiver.collected()).doesNotContainKey(LAST_PUBLISHED);
    }

    /** What waits for the lock is given up after half of the bound. */
    @Test
    void aDatabaseThatDoesNotAnswerHoldsUpNobody() throws SQLException {
        Installation installation = installation();
        installation.run("sync");
        tenant.permitList(false);

        try (TableLock lock = TableLock.on(installation, "kandji.device")) {
            assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(77);
            lock.release();
        }

        assertThat(receiver.group())
                .containsEntry("kandji_etl_exit_code{tenant=acme}", 77.0)
                .containsEntry("kandji_etl_run_outcome{outcome=failed, tenant=acme}", 1.0)
                .containsKey(LAST_PUBLISHED);
        assertThat(receiver.collected()).doesNotContainKey(LAST_PUBLISHED);
    }

    @Test
    void aRunThatWrongSettingsForbidIsTold() {
        assertThat(installation().with("KANDJI_PAGE_SIZE", "0").run("sync").exitCode())
                .isEqualTo(78);

        assertThat(receiver.group())
                .containsEntry("kandji_etl_exit_code{tenant=acme}", 78.0)
                .containsEntry("kandji_etl_run_outcome{outcome=failed, tenant=acme}", 1.0);
    }

    @Test
    void nothingIsToldWhereATokenStandsInTheWrongPlace() {
        assertThat(installation()
                        .with("KANDJI_TENANT", tenant.token())
                        .run("sync")
                        .exitCode())
                .isEqualTo(78);

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void aSlotThatIsNotInTheLakeIsCounted() throws IOException {
        Installation installation = installation();
        Files.delete(installation.lake());
        Files.writeString(installation.lake(), "no folder");

        assertThat(installation.run("sync").exitCode()).isEqualTo(73);
        assertThat(receiver.group())
                .containsEntry("kandji_etl_in_lake{tenant=acme}", 0.0)
                .containsEntry("kandji_etl_slots_not_in_lake{tenant=acme}", 1.0)
                .containsEntry("kandji_etl_run_outcome{outcome=published, tenant=acme}", 1.0);

        Files.delete(installation.lake());
        Files.createDirectory(installation.lake());
        assertThat(installation.run("restart").exitCode()).isZero();
        assertThat(receiver.group())
                .containsEntry("kandji_etl_in_lake{tenant=acme}", 1.0)
                .containsEntry("kandji_etl_slots_not_in_lake{tenant=acme}", 0.0);
    }

    @Test
    void aReceiverThatRefusesChangesNothingAboutTheRun() {
        receiver.answering(500);
        Installation installation = installation();

        assertThat(installation.run("sync").exitCode()).isZero();
        assertThat(recorded(installation, "exit_code")).isZero();
        assertThat(receiver.received()).hasSizeGreaterThanOrEqualTo(3);
        tenant.permitList(false);
        assertThat(installation.run("sync", "--again").exitCode()).isEqualTo(77);
    }

    @Test
    void byDefaultNothingIsSent() {
        Installation installation = new Installation(folder, tenant);

        assertThat(installation.run("sync").exitCode()).isZero();
        assertThat(receiver.received()).isEmpty();
    }

    private Installation installation() {
        return new Installation(folder, tenant)
                .with("KANDJI_METRICS_PUSHGATEWAY", receiver.root() + "/")
                .with("KANDJI_OTLP_ENDPOINT", receiver.root().toString());
    }

    private static double recorded(Installation installation, String column) {
        return number(installation, "select " + column + " from kandji.sync_run order by run_id desc limit 1");
    }

    private static double number(Installation installation, String sql) {
        return installation.jdbc().sql(sql).query(Double.class).single();
    }
}
