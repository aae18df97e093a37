package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatedTenantIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String LIST = "/api/v1/devices?limit=300&offset=0&ordering=device_id";

    private final ScriptedFleet fleet = ScriptedFleet.of(rows(700));
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(fleet)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .start();

    @AfterEach
    void close() {
        client.shutdownNow();
        tenant.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=301", "limit=100000", "limit=0", "limit=-1", "limit=many", "sort=device_id", "page=2"})
    void pagesHaveThreeHundredRowsWhateverElseIsAsked(String query) throws Exception {
        JsonNode page = json(get("/api/v1/devices?ordering=device_id&" + query));
        assertThat(page.size()).isEqualTo(300);
        assertThat(page.get(0).path("device_id").asString()).isEqualTo("device-1000");
    }

    @Test
    void pagesEndWithAShortOneAndThenAnEmptyOne() throws Exception {
        assertThat(json(get("/api/v1/devices?limit=300&offset=600&ordering=device_id"))
                        .size())
                .isEqualTo(100);
        assertThat(get("/api/v1/devices?limit=300&offset=700&ordering=device_id")
                        .body())
                .isEqualTo("[]");
        assertThat(tenant.requests().offsets()).containsExactly(600L, 700L);
    }

    @Test
    void otherPathsAndEndpointsAreRefused() throws Exception {
        assertThat(get("/api/v2/devices").body()).contains("no Route matched with those values");
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/devices/device-1000").statusCode()).isEqualTo(403);
        assertThat(tenant.requests().count(RequestKind.UNROUTED, 404)).isEqualTo(2);
        assertThat(tenant.requests().count(RequestKind.DEVICE, 403)).isEqualTo(1);
    }

    @Test
    void detailsAreAnsweredForKnownDevicesAlone() throws Exception {
        assertThat(json(get("/api/v1/devices/device-1000/details"))
                        .at("/general/device_name")
                        .asString())
                .isEqualTo("Mac device-1000");
        assertThat(List.of(
                        get("/api/v1/devices/gone-1/details").body(),
                        get("/api/v1/devices/gone-2/details").body()))
                .containsExactlyInAnyOrder("{\"detail\":\"Not found.\"}", "{\"error\":\"Not Found\"}");
        assertThat(tenant.requests().detailedDevices()).containsExactlyInAnyOrder("device-1000", "gone-1", "gone-2");
    }

    @Test
    void tokenMustBeTheTenants() throws Exception {
        assertThat(tenant.token()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        HttpResponse<String> none = send(request(LIST).build());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).isEqualTo("{\"message\":\"Invalid authentication\"}");
        tenant.acceptToken("another");
        HttpResponse<String> revoked = get(LIST);
        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(revoked.body()).isEqualTo("{\"detail\":\"Invalid token.\"}");
        assertThat(tenant.requests().authorizations()).containsExactlyInAnyOrder("", "Bearer " + tenant.token());
    }

    @Test
    void permissionsAreGivenAndTakenOneByOne() throws Exception {
        tenant.permitDetails(false);
        assertThat(get(LIST).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/devices/device-1000/details").statusCode()).isEqualTo(403);
        tenant.permitDetails(true);
        tenant.permitList(false);
        assertThat(get(LIST).body()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        assertThat(get("/api/v1/devices/device-1000/details").statusCode()).isEqualTo(200);
    }

    @Test
    void limitsAreEnforcedAndTold() throws Exception {
        tenant.usedByOthers(9_999);
        HttpResponse<String> last = get(LIST);
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(last.headers().firstValue("x-ratelimit-limit-hour")).contains("10000");
        assertThat(last.headers().firstValue("x-ratelimit-remaining-hour")).contains("0");
        HttpResponse<String> refused = get(LIST);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"message\":\"API rate limit exceeded\"}");
        assertThat(refused.headers().firstValue("Retry-After")).contains("3600");
        assertThat(tenant.requests().rateLimited()).isEqualTo(1);
        assertThat(tenant.requests().busiestSecond()).isEqualTo(2);
    }

    @Test
    void headersThatNobodyPromisedCanBeLeftOutOrAdded() throws Exception {
        tenant.close();
        tenant = SimulatedTenant.builder()
                .fleet(fleet)
                .limits(1, 0)
                .withoutRateLimitHeaders()
                .withoutRetryAfter()
                .withTotalCount()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .start();
        HttpResponse<String> page = get(LIST);
        assertThat(page.headers().firstValue("x-total-count")).contains("700");
        assertThat(page.headers().map()).doesNotContainKey("x-ratelimit-limit-hour");
        assertThat(get(LIST).headers().map()).doesNotContainKey("retry-after");
    }

    @ParameterizedTest
    @EnumSource(StockAnswer.class)
    void faultAnswersWhatItWasTold(StockAnswer answer) throws Exception {
        tenant.faults().onList().answers(answer);
        HttpResponse<String> faulty = get(LIST);
        assertThat(faulty.statusCode()).isEqualTo(answer.answer().status());
        assertThat(faulty.body()).isEqualTo(new String(answer.answer().body(), StandardCharsets.UTF_8));
        assertThat(get(LIST).statusCode()).isEqualTo(200);
    }

    @Test
    void faultMayCarryHeadersAndRedirects() throws Exception {
        tenant.faults().onList().answers(StockAnswer.RATE_LIMITED.answer().withHeader("Retry-After", "7"));
        tenant.faults().onList().nth(2).redirectsTo(URI.create("http://elsewhere.example.com/"));
        assertThat(get(LIST).headers().firstValue("Retry-After")).contains("7");
        HttpResponse<String> redirect = get(LIST);
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).contains("http://elsewhere.example.com/");
    }

    @Test
    void truncatedAnswerEndsBeforeItsLength() {
        tenant.faults().onList().truncates();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(LIST))
                .withMessageContaining("fixed content-length");
    }

    @Test
    void droppedConnectionGivesNoAnswer() {
        tenant.faults().onList().always().drops();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(LIST));
        assertThat(tenant.requests().count(RequestKind.LIST, 0)).isPositive();
    }

    @Test
    void heldAnswerComesWhenItIsReleased() throws Exception {
        Hold hold = tenant.faults().onList().holds();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(authorized(LIST), BodyHandlers.ofString());
        hold.awaitArrival();
        assertThat(answer).isNotDone();
        fleet.clear();
        hold.release();
        assertThat(answer.get().body()).isEqualTo("[]");
    }

    @Test
    void closingLetsHeldAndSlowAnswersGo() throws Exception {
        Hold hold = tenant.faults().onList().holds();
        tenant.faults().onList().slows(Duration.ofHours(1));
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(authorized(LIST), BodyHandlers.ofString());
        hold.awaitArrival();
        tenant.close();
        assertThat(answer.handle((response, failure) -> true).get()).isTrue();
    }

    @Test
    void deviceRemovedAfterAPageShiftsTheNextOne() throws Exception {
        tenant.faults().onList().atOffset(0).thenRuns(() -> fleet.remove("device-1000"));
        assertThat(json(get(LIST)).get(0).path("device_id").asString()).isEqualTo("device-1000");
        JsonNode second = json(get("/api/v1/devices?limit=300&offset=300&ordering=device_id"));
        assertThat(second.get(0).path("device_id").asString()).isEqualTo("device-1301");
    }

    @Test
    void requestsAreKeptAsTheyCame() throws Exception {
        get(LIST);
        assertThat(tenant.requests().latest())
                .containsExactly(
                        new SeenRequest(NOW, RequestKind.LIST, "GET", LIST, null, "Bearer " + tenant.token(), 200));
        tenant.requests().clear();
        assertThat(tenant.requests().count()).isZero();
        assertThat(tenant.requests().offsets()).isEmpty();
    }

    @Test
    void actionThatFailsIsToldToTheClient() throws Exception {
        tenant.faults().onList().thenRuns(() -> fleet.remove("nobody"));
        HttpResponse<String> failed = get(LIST);
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("The scripted fleet lists no device nobody");
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(authorized(target));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest authorized(String target) {
        return request(target)
                .header("Authorization", "Bearer " + tenant.token())
                .build();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(tenant.baseUri() + target)).timeout(Duration.ofSeconds(30));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }

    private static String[] rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ScriptedFleet.row("device-" + (1000 + i)))
                .toArray(String[]::new);
    }
}
