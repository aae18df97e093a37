package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.StubServer.Received;
import io.kandjietl.support.LoggedLines;
import io.kandjietl.support.SelfSigned;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class KandjiClientIntegrationTests {

    private static final String TOKEN = "0c7f4b1e-52d7-4a83-9a61-fd0b7f6e2c19";

    private static final String PAGE = "[{\"device_id\":\"a\"},{\"device_id\":\"b\"}]";

    @RegisterExtension
    final LoggedLines logged = LoggedLines.of(RetryPause.class);

    private final FakeTime time = new FakeTime();

    private final List<KandjiClient> clients = new ArrayList<>();

    private final CountDownLatch testEnds = new CountDownLatch(1);

    private StubServer server = started();

    @AfterEach
    void close() {
        testEnds.countDown();
        clients.forEach(KandjiClient::close);
        server.close();
        assertThat(logged.events()).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage().toLowerCase(Locale.ROOT)).doesNotContain(TOKEN);
            assertThat(event.getFormattedMessage()).doesNotContain("\n", "\r");
        });
    }

    @Test
    void aPageIsAskedForByOffsetInTheOrderOfIds() {
        server.then(200, PAGE);
        try (KandjiClient client = client()) {
            DevicePage page = client.listDevices(600);
            assertThat(page.offset()).isEqualTo(600);
            assertThat(page.rows())
                    .extracting(row -> row.path("device_id").asString())
                    .containsExactly("a", "b");
            assertThat(client.requests()).isEqualTo(1);
            assertThat(client.retries()).isZero();
        }
        Received request = server.received().getFirst();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/api/v1/devices?limit=300&offset=600&ordering=device_id");
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer " + TOKEN);
        assertThat(request.headers().get("Accept")).containsExactly("application/json");
        assertThat(request.headers().get("User-Agent")).containsExactly("kandji-etl");
    }

    @Test
    void anEmptyPageIsAPage() {
        server.then(200, "[]");
        assertThat(client().listDevices(0)).isEqualTo(new DevicePage(0, List.of()));
    }

    @Test
    void valuesAreKeptExactly() {
        server.then(200, "[{\"n\": 1.10, \"big\": 12345678901234567890.123456789012345678901}, null, \"text\", [5]]");
        List<JsonNode> rows = client().listDevices(0).rows();
        assertThat(rows).hasSize(4);
        assertThat(rows.getFirst()).hasToString("{\"n\":1.10,\"big\":12345678901234567890.123456789012345678901}");
        assertThat(rows.get(1).isNull()).isTrue();
    }

    @Test
    void oneOddNumberOrNameDoesNotCostThePage() {
        String digits = "9".repeat(1_500);
        server.then(200, "[{\"n\": 1e99999999999}, {\"n\": " + digits + "}, {\"" + "k".repeat(60_000) + "\": 1}]");
        List<JsonNode> rows = client().listDevices(0).rows();
        assertThat(rows.getFirst().path("n").doubleValue()).isInfinite();
        assertThat(rows.get(1).path("n").bigIntegerValue()).hasToString(digits);
    }

    @Test
    void anOffsetIsNotNegative() {
        assertThatThrownBy(() -> client().listDevices(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The offset of a page is not negative: -1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    401 | {"message":"Invalid authentication"}  | REFUSED       | Failed to authenticate with Kandji
                    401 | {"detail":"Invalid token."}           | REFUSED       | Failed to authenticate with Kandji
                    403 | {"detail":"You do not have permission to perform this action."} | REFUSED | API token does not have sufficient permissions ("Device list")
                    404 | {"message":"no Route matched with those values","request_id":"1"} | CONFIGURATION | API endpoint not found (wrong subdomain or region)
                    301 | Moved                                 | CONFIGURATION | Kandji did not accept the request
                    304 | ''                                    | CONFIGURATION | Kandji did not accept the request
                    400 | {"limit":["A valid integer is required."]} | CONFIGURATION | Kandji did not accept the request
                    405 | ["no"]                                | CONFIGURATION | Kandji did not accept the request
                    407 | <html>proxy</html>                    | CONFIGURATION | Kandji did not accept the request
                    """)
    void whatTryingAgainCannotMendIsAskedForOnce(int status, String body, ExitCode exitCode, String beginning) {
        server.then(status, body);
        FailureException e = failure(client());
        assertThat(e.exitCode()).isEqualTo(exitCode);
        assertThat(e)
                .hasMessage(beginning + ": GET /api/v1/devices?offset=600 on " + server.authority()
                        + " ended with status " + status + (body.isEmpty() ? "" : ": \"" + body + "\"")
                        + " (tried once)");
        assertThat(e.remedy()).contains(exitCode == ExitCode.REFUSED ? "\"Device list\"" : "KANDJI_REGION", "`check`");
        assertThat(server.received()).hasSize(1);
        assertThat(logged.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    408 | ''                                  | status 408
                    429 | {"message":"API rate limit exceeded"} | status 429: "{"message":"API rate limit exceeded"}"
                    500 | {"error":"oops"}                    | status 500: "{"error":"oops"}"
                    502 | <html><h1>Bad Gateway</h1></html>   | status 502: "<html><h1>Bad Gateway</h1></html>"
                    503 | ''                                  | status 503
                    504 | ''                                  | status 504
                    599 | ''                                  | status 599
                    200 | ''                                  | an empty answer (status 200)
                    204 | ''                                  | an empty answer (status 204)
                    200 | {"detail":"x"}                      | an answer that is JSON but no list: "{"detail":"x"}"
                    200 | null                                | an answer that is JSON but no list: "null"
                    """)
    void whatMayPassIsTriedSixTimes(int status, String body, String what) {
        server.then(status, body);
        KandjiClient client = client();
        FailureException e = failure(client);
        assertThat(e).isInstanceOf(KandjiUnavailableException.class);
        assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(e)
                .hasMessage("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + server.authority()
                        + " ended with " + what + " (tried 6 times)");
        assertThat(e.remedy())
                .isEqualTo("Run `check` to see whether Kandji answers again, then run the same command again.");
        assertThat(server.received()).hasSize(6);
        assertThat(client.requests()).isEqualTo(6);
        assertThat(client.retries()).isEqualTo(5);
        assertThat(pauses()).containsExactly(1000L, 2000L, 4000L, 8000L, 16000L);
        assertThat(logged.messages()).hasSize(5);
        assertThat(logged.messages().getFirst())
                .isEqualTo("GET /api/v1/devices?offset=600 on " + server.authority() + " ended with " + what
                        + "; trying again in 1000 ms (try 2 of 6)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html>\n\n<html><p>Sign in</p>", "[{\"device_id\":", "[] []", "[{}", "\u0000"})
    void whatIsNoJsonIsTriedAgain(String body) {
        server.then(200, body).then(200, PAGE);
        KandjiClient client = client();
        assertThat(client.listDevices(0).rows()).hasSize(2);
        assertThat(client.requests()).isEqualTo(2);
        assertThat(logged.messages().getFirst())
                .startsWith("GET /api/v1/devices?offset=0 on " + server.authority()
                        + " ended with an answer that is no JSON: \"");
    }

    @Test
    void brokenConnectionsAreTriedAgain() {
        server.thenTruncated().then(503, "").thenTruncated().then(200, PAGE);
        KandjiClient client = client();
        assertThat(client.listDevices(0).rows()).hasSize(2);
        assertThat(client.retries()).isEqualTo(3);
        assertThat(logged.messages())
                .map(line -> line.replaceAll(".* ended with |[:;].*", ""))
                .containsExactly("a broken connection or answer", "status 503", "a broken connection or answer");
    }

    @Test
    void aConnectionThatIsClosedWithoutAnAnswerIsTriedAgain() {
        server.thenReset();
        KandjiClient client = client();
        assertThat(failure(client).getMessage())
                .contains(" ended with a broken connection or answer: ")
                .endsWith(" (tried 6 times)");
        assertThat(client.requests()).isEqualTo(6);
    }

    @Test
    void aBodyBeyondSixteenMebibytesIsNotRead() {
        byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 17; i++) {
                exchange.getResponseBody().write(block);
            }
            exchange.close();
        });
        assertThat(failure(client()).getMessage())
                .startsWith("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + server.authority()
                        + " ended with a broken connection or answer: ")
                .endsWith(" (tried 6 times)");
    }

    @Test
    void theTimeOutCoversTheHead() {
        server.then(exchange -> await(testEnds));
        assertThat(failure(client(Duration.ofMillis(100))))
                .hasMessage("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + server.authority()
                        + " ended with no complete answer within 100 ms (tried 6 times)");
    }

    @Test
    void theTimeOutCoversTheBody() {
        server.then(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('[');
                    exchange.getResponseBody().flush();
                    await(testEnds);
                })
                .then(200, PAGE);
        KandjiClient client = client(Duration.ofSeconds(1));
        assertThat(client.listDevices(0).rows()).hasSize(2);
        assertThat(client.retries()).isEqualTo(1);
        assertThat(logged.messages().getFirst()).contains("no complete answer within 1000 ms");
    }

    @Test
    void pausesAreJittered() {
        time.setRandom(0);
        server.then(500, "");
        failure(client());
        assertThat(pauses()).containsExactly(500L, 1000L, 2000L, 4000L, 8000L);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3000",
        "120, 120000",
        "0, 1000",
        "-5, 1000",
        "soon, 1000",
        "'Mon, 23 Nov 2026 12:00:30 GMT', 30000",
        "'Mon, 23 Nov 2026 11:00:00 GMT', 1000"
    })
    void aRetryAfterIsHonoured(String header, long pause) {
        server.then(429, "", "Retry-After", header).then(200, PAGE);
        assertThat(client().listDevices(0).rows()).hasSize(2);
        assertThat(pauses()).containsExactly(pause);
    }

    @ParameterizedTest
    @CsvSource({
        "121, 2026-11-23T12:02:01Z",
        "3600, 2026-11-23T13:00:00Z",
        "'Mon, 23 Nov 2026 13:00:00 GMT', 2026-11-23T13:00:00Z",
        "999999999999999, 2036-11-20T12:00:00Z"
    })
    void aLongRetryAfterEndsAtOnceAndSaysUntilWhen(String header, Instant until) {
        server.then(429, "{\"message\":\"API rate limit exceeded\"}", "Retry-After", header);
        FailureException e = failure(client());
        assertThat(e)
                .hasMessage("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + server.authority()
                        + " ended with status 429: \"{\"message\":\"API rate limit exceeded\"}\" (tried once);"
                        + " Kandji asks to wait until " + until);
        assertThat(e.remedy()).isEqualTo("Run the same command again after " + until + ".");
        assertThat(((KandjiUnavailableException) e).waitUntil()).contains(until);
        assertThat(pauses()).isEmpty();
    }

    @Test
    void allTriesTogetherTakeTenMinutesAtMost() {
        server.then(exchange -> {
            time.pass(Duration.ofMinutes(4));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        assertThat(failure(client()).getMessage()).endsWith("ended with status 500 (tried 3 times)");
    }

    @Test
    void requestsArePacedAndRetriesToo() {
        server.then(200, PAGE);
        KandjiClient client = new KandjiClient(
                new KandjiSettings(server.root(), ApiToken.of(TOKEN), 10, 4, KandjiTimeouts.DEFAULT), time.timing());
        clients.add(client);
        for (int i = 0; i < 4; i++) {
            client.listDevices(i * 10L);
        }
        assertThat(time.sleeps()).containsExactly(250L, 250L, 250L);
        assertThat(server.received().getLast().target())
                .isEqualTo("/api/v1/devices?limit=10&offset=30&ordering=device_id");
    }

    @Test
    void noRedirectIsFollowed() {
        try (StubServer elsewhere = started()) {
            elsewhere.then(200, PAGE);
            server.then(302, "", "Location", elsewhere.root() + "/api/v1/devices?token=" + TOKEN);
            assertThat(failure(client()).getMessage())
                    .contains(" ended with status 302 to \"" + elsewhere.root() + "/api/v1/devices?token=[token]\"");
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 429, 500})
    void anEchoedTokenIsTakenOut(int status) {
        String body = "x".repeat(180) + " Bearer " + TOKEN.toUpperCase(Locale.ROOT) + "\r\n" + TOKEN;
        server.then(status, body);
        assertThat(failure(client()).getMessage()).contains("x".repeat(180) + " Bearer [token] [tok…");
    }

    @Test
    void aTokenInABrokenHeadIsTakenOut() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerBluntly(socket, "HTTP/1.1 " + TOKEN + "\r\n\r\n"));
            URI root = URI.create("http://localhost:" + socket.getLocalPort());
            assertThat(failure(client(root, Duration.ofSeconds(30))).getMessage())
                    .startsWith("Could not reach Kandji: ");
        }
    }

    @Test
    void errorBodiesAreShownOnOneBoundedLine() {
        server.then(404, "a\r\nERROR forged\u001b[31m\u202e\tb" + "😀".repeat(300));
        String message = failure(client()).getMessage();
        assertThat(message).contains(": \"a ERROR forged [31m b😀").contains("😀…\"");
        assertThat(message.length()).isLessThan(400);
    }

    @Test
    void aRefusedConnectionIsUnavailable() throws IOException {
        URI root;
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            root = URI.create("http://localhost:" + socket.getLocalPort());
        }
        FailureException e = failure(client(root, Duration.ofSeconds(30)));
        assertThat(e.getMessage())
                .startsWith("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + root.getAuthority()
                        + " ended with no connection: ");
        assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void anUnknownHostSaysWhereToLook() {
        FailureException e = failure(client(URI.create("https://acme.invalid"), Duration.ofSeconds(30)));
        assertThat(e)
                .hasMessage("Could not reach Kandji: GET /api/v1/devices?offset=600 on acme.invalid ended with an"
                        + " unknown host: no address has that name; look at KANDJI_SUBDOMAIN, KANDJI_REGION and"
                        + " KANDJI_DOMAIN (tried 6 times)");
        assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(e.remedy()).contains("KANDJI_SUBDOMAIN", "`check`");
    }

    @Test
    void aHostThatSpeaksNoTlsSaysWhereToLook() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerBluntly(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"));
            URI root = URI.create("https://localhost:" + socket.getLocalPort());
            FailureException e = failure(client(root, Duration.ofSeconds(30)));
            assertThat(e.getMessage())
                    .contains(
                            " ended with a TLS failure: ", "look at KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN")
                    .endsWith(" (tried 6 times)");
            assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void anUntrustedCertificateIsNotAskedForAgain() throws Exception {
        try (StubServer secure = new StubServer(SelfSigned.server())) {
            secure.then(200, PAGE);
            FailureException e = failure(client(URI.create("https://" + secure.authority()), Duration.ofSeconds(30)));
            assertThat(e.getMessage())
                    .startsWith("Could not reach Kandji: GET /api/v1/devices?offset=600 on " + secure.authority()
                            + " ended with a TLS failure: ")
                    .endsWith("(tried once)");
            assertThat(secure.received()).isEmpty();
        }
    }

    @Test
    void anInterruptAbandonsTheRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.then(exchange -> {
            asked.countDown();
            await(testEnds);
        });
        KandjiClient client = client();
        List<Boolean> interrupted = new ArrayList<>();
        FutureTask<FailureException> task = new FutureTask<>(() -> {
            FailureException e = failure(client);
            interrupted.add(Thread.currentThread().isInterrupted());
            return e;
        });
        Thread thread = Thread.ofVirtual().start(task);
        asked.await();
        thread.interrupt();
        FailureException e = task.get();
        assertThat(e)
                .isInstanceOf(KandjiInterruptedException.class)
                .hasMessage("Stopped while waiting for Kandji: GET /api/v1/devices?offset=600 on " + server.authority()
                        + " was abandoned");
        assertThat(e.exitCode()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(interrupted).containsExactly(true);
        assertThat(client.requests()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsAPauseBetweenTries() {
        server.then(500, "");
        Timing patient = time.timing();
        KandjiClient client = new KandjiClient(
                new KandjiSettings(server.root(), ApiToken.of(TOKEN)),
                new Timing(
                        patient.clock(),
                        patient.nanoTime(),
                        millis -> {
                            throw new InterruptedException();
                        },
                        patient.random()));
        clients.add(client);
        FailureException e = failure(client);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e).isInstanceOf(KandjiInterruptedException.class);
        assertThat(client.requests()).isEqualTo(1);
    }

    @Test
    void detailsAreAskedForByTheDevicesId() {
        server.then(200, "{\"mdm\": {\"supervised\": \"True\"}}");

        assertThat(client().details("d-1"))
                .isInstanceOfSatisfying(
                        DetailsAnswer.Answered.class,
                        answered -> assertThat(answered.details()).hasToString("{\"mdm\":{\"supervised\":\"True\"}}"));
        assertThat(server.received().getFirst().target()).isEqualTo("/api/v1/devices/d-1/details");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"detail\":\"Not found.\"}", "{\"error\":\"Not Found\"}"})
    void anUnknownDeviceIsNotFoundAndAskedForOnce(String body) {
        server.then(404, body);
        KandjiClient client = client();

        assertThat(client.details("d-1")).isEqualTo(new DetailsAnswer.NotFound());
        assertThat(client.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"no Route matched with those values\",\"request_id\":\"7\"}",
                "<html><body>404</body></html>",
                "",
                "\"Not found.\""
            })
    void aGatewaysOrProxys404SaysNothingOfTheDevice(String body) {
        server.then(404, body);

        assertThat(client().details("d-1"))
                .isInstanceOfSatisfying(
                        DetailsAnswer.Failed.class,
                        failed -> assertThat(failed.why())
                                .startsWith("API endpoint not found (wrong subdomain or region): GET"
                                        + " /api/v1/devices/d-1/details on " + server.authority()));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalOfDetailsNamesTheirPermission(int status) {
        server.then(status, "{\"detail\":\"You do not have permission to perform this action.\"}");
        KandjiClient client = client();

        assertThat(client.details("d-1"))
                .isInstanceOfSatisfying(
                        DetailsAnswer.Refused.class,
                        refused -> assertThat(refused.why()).contains("ended with status " + status));
        assertThat(client.requests()).isEqualTo(1);
    }

    @Test
    void detailsThatFailAreTriedAgainAndThenFailed() {
        server.then(200, "<html>").then(500, "").thenReset().then(200, "[]").thenTruncated();
        KandjiClient client = client();

        assertThat(client.details("d-1")).isInstanceOf(DetailsAnswer.Failed.class);
        assertThat(client.requests()).isEqualTo(Retries.MAX_TRIES);
    }

    @Test
    void aWishToWaitForLongSaysNothingOfTheDevice() {
        server.then(429, "{\"message\":\"API rate limit exceeded\"}", "Retry-After", "3600");

        assertThatThrownBy(() -> client().details("d-1"))
                .isInstanceOfSatisfying(
                        KandjiUnavailableException.class,
                        e -> assertThat(e.waitUntil()).contains(FakeTime.START.plusSeconds(3600)));
    }

    @Test
    void aWishToWaitALittleThatIsRepeatedToTheLastTryIsTheDevicesFailure() {
        for (int i = 0; i < Retries.MAX_TRIES; i++) {
            server.then(503, "", "Retry-After", "1");
        }
        KandjiClient client = client();

        assertThat(client.details("d-1")).isInstanceOf(DetailsAnswer.Failed.class);
        assertThat(client.requests()).isEqualTo(Retries.MAX_TRIES);
    }

    @Test
    void anIdThatCantStandInAPathIsNotAskedFor() {
        assertThatThrownBy(() -> client().details("../devices"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The id of a device is up to 64 letters, digits, dots, dashes and underscores");
    }

    private KandjiClient client() {
        return client(Duration.ofSeconds(30));
    }

    private KandjiClient client(Duration exchange) {
        return client(server.root(), exchange);
    }

    private KandjiClient client(URI root, Duration exchange) {
        KandjiClient client = new KandjiClient(
                new KandjiSettings(
                        root, ApiToken.of(TOKEN), 300, 20, new KandjiTimeouts(Duration.ofSeconds(10), exchange)),
                time.timing());
        clients.add(client);
        return client;
    }

    /** What listing at offset 600 ends with; neither it nor its causes may tell the token. */
    private static FailureException failure(KandjiClient client) {
        FailureException e = catchThrowableOfType(FailureException.class, () -> client.listDevices(600));
        assertThat(e).isNotNull();
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat((trace + e.remedy()).toLowerCase(Locale.ROOT)).doesNotContain(TOKEN, TOKEN.substring(0, 8));
        assertThat(e.getMessage()).doesNotContain("\n", "\r");
        return e;
    }

    /** The sleeps that were no pacing. */
    private List<Long> pauses() {
        return time.sleeps().stream().filter(millis -> millis > 50).toList();
    }

    private static void answerBluntly(ServerSocket socket, String answer) {
        Stream.generate(() -> {
                    try (var connection = socket.accept()) {
                        connection.getInputStream().read(new byte[4096]);
                        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                })
                .takeWhile(goesOn -> goesOn)
                .forEach(goesOn -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StubServer started() {
        try {
            return new StubServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
