package io.kandjietl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.support.LoggedLines;
import io.kandjietl.support.Receiver;
import io.micrometer.observation.Observation;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TelemetryIntegrationTests {

    private static final Duration LONG = Duration.ofSeconds(10);

    private static final List<Measured> FIGURES = List.of(
            Metric.EXIT_CODE.is(69),
            Metric.STEP_DURATION.is("extractDevices", 1.5),
            Metric.STEP_DURATION.is("publishLake", 0.25));

    @RegisterExtension
    private final LoggedLines log = LoggedLines.of(Telemetry.class);

    private final Receiver receiver = Receiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void bothGetTheSameFigures() {
        send(receiver.root(), receiver.root(), LONG);

        assertThat(receiver.group())
                .isEqualTo(receiver.collected())
                .isEqualTo(Map.of(
                        "kandji_etl_exit_code{tenant=acme}", 69.0,
                        "kandji_etl_step_duration_seconds{step=extractDevices, tenant=acme}", 1.5,
                        "kandji_etl_step_duration_seconds{step=publishLake, tenant=acme}", 0.25));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aRefusalIsOneWarningAPush() {
        receiver.answering(500);

        send(receiver.root(), receiver.root(), LONG);

        String sent = " of this run to " + receiver.root() + ": ";
        assertThat(log.messages())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("Unable to send metrics" + sent + "status 500. The run stands as it ended."
                                        + " See whether KANDJI_METRICS_PUSHGATEWAY is right and what listens there is"
                                        + " up, or leave it out"),
                        line -> assertThat(line)
                                .startsWith("Unable to send metrics" + sent + "status 500. ")
                                .contains("KANDJI_OTLP_ENDPOINT"),
                        line -> assertThat(line)
                                .startsWith(
                                        "Unable to send traces" + sent + "spans lost: 1, the collector refused them. ")
                                .contains("KANDJI_OTLP_ENDPOINT"));
    }

    @Test
    void whatHangsIsGivenUp() {
        receiver.answering(0);
        long start = System.nanoTime();

        send(receiver.root(), receiver.root(), Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(log.messages())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("Unable to send ")
                        .contains(" The run stands as it ended. See whether KANDJI_"));
    }

    @Test
    void whatIsNotThereIsToldSo() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://localhost:" + socket.getLocalPort());
        }

        send(nobody, nobody, LONG);

        assertThat(log.messages())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).containsPattern("(: |, )no connection\\. The run stands"));
    }

    @Test
    void aRequestOnAThreadOfItsOwnBelongsToTheStep() throws InterruptedException {
        try (Telemetry telemetry = new Telemetry(new TelemetrySettings(null, receiver.root()), "acme")) {
            Observation step = Observation.start(RunSpans.STEP, telemetry.observations())
                    .lowCardinalityKeyValue("spring.batch.step.name", "extractDetails");
            Thread.ofVirtual()
                    .start(() -> Observation.start("kandji.request", telemetry.observations())
                            .error(new IllegalStateException("a row of Ada's"))
                            .stop())
                    .join();
            Observation.start("spring.batch.item.read", telemetry.observations())
                    .stop();
            step.stop();
            telemetry.send(List.of(), LONG);
        }

        List<Span> spans = receiver.spans();
        assertThat(spans).extracting(Span::getName).containsExactlyInAnyOrder("kandji.request", "extractDetails");
        assertThat(spans.getFirst().getParentSpanId()).isEqualTo(spans.getLast().getSpanId());
        assertThat(spans.toString()).contains("IllegalStateException").doesNotContain("Ada");
    }

    @Test
    void withoutAPlaceToSendToNothingIsObserved() {
        try (Telemetry telemetry = new Telemetry(TelemetrySettings.NONE, "acme")) {
            assertThat(telemetry.isOff()).isTrue();
            assertThat(telemetry.observations().isNoop()).isTrue();
            telemetry.send(FIGURES, LONG);
        }
        assertThat(log.messages()).isEmpty();
    }

    private static void send(URI pushgateway, URI otlp, Duration atMost) {
        try (Telemetry telemetry = new Telemetry(new TelemetrySettings(pushgateway, otlp), "acme")) {
            Observation.start("kandji.run", telemetry.observations()).stop();
            telemetry.send(FIGURES, atMost);
        }
    }
}
