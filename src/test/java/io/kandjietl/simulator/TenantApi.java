package io.kandjietl.simulator;

import io.kandjietl.simulator.RateLimits.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the tenant answers when nothing goes wrong: routes, token, limits, permissions and the two endpoints. Thread-safe. */
final class TenantApi {

    private static final int MOST_PER_PAGE = 300;

    private final Fleet fleet;
    private final Clock clock;
    private final RateLimits limits;
    private final SimulatedTenant.Headers headers;
    private volatile String token;
    private volatile boolean listPermitted = true;
    private volatile boolean detailsPermitted = true;

    TenantApi(Fleet fleet, Clock clock, RateLimits limits, SimulatedTenant.Headers headers, String token) {
        this.fleet = fleet;
        this.clock = clock;
        this.limits = limits;
        this.headers = headers;
        this.token = token;
    }

    void token(String accepted) {
        token = accepted;
    }

    void permitList(boolean permitted) {
        listPermitted = permitted;
    }

    void permitDetails(boolean permitted) {
        detailsPermitted = permitted;
    }

    Answer answer(SeenRequest request) {
        if (request.kind() == RequestKind.UNROUTED) {
            return StockAnswer.NO_ROUTE.answer();
        }
        if (!("Bearer " + token).equals(request.authorization())) {
            return refusal(request);
        }
        Instant now = clock.instant();
        Verdict verdict = limits.admit(now);
        Answer answer = verdict.retryAfter().isPresent() ? limited(verdict) : permitted(request, now);
        return headers.rateLimits() ? answer.withHeaders(verdict.headers()) : answer;
    }

    /** The two bodies that were seen: one for what looks like a token, one for what does not. */
    private static Answer refusal(SeenRequest request) {
        boolean looksLikeOne = Objects.requireNonNullElse(request.authorization(), "")
                .matches("Bearer [0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        return (looksLikeOne ? StockAnswer.INVALID_TOKEN : StockAnswer.INVALID_AUTHENTICATION).answer();
    }

    private Answer limited(Verdict verdict) {
        Answer answer = StockAnswer.RATE_LIMITED.answer();
        return headers.retryAfter()
                ? answer.withHeader(
                        "Retry-After", Long.toString(verdict.retryAfter().getAsLong()))
                : answer;
    }

    private Answer permitted(SeenRequest request, Instant now) {
        boolean permitted = switch (request.kind()) {
            case LIST -> listPermitted;
            case DETAILS -> detailsPermitted;
            case DEVICE, UNROUTED -> false;
        };
        if (!permitted) {
            return StockAnswer.NO_PERMISSION.answer();
        }
        if (!request.method().equals("GET")) {
            return StockAnswer.METHOD_NOT_ALLOWED.answer();
        }
        return request.kind() == RequestKind.LIST ? list(request, now) : details(request, now);
    }

    private Answer list(SeenRequest request, Instant now) {
        int limit = (int) Math.min(MOST_PER_PAGE, request.number("limit", 1, MOST_PER_PAGE));
        boolean ordered = request.parameter("ordering").equals(Optional.of("device_id"));
        Answer page = Answer.json(200, fleet.page(now, request.offset(), limit, ordered));
        return headers.totalCount() ? page.withHeaders(Map.of("x-total-count", Long.toString(fleet.size(now)))) : page;
    }

    private Answer details(SeenRequest request, Instant now) {
        String deviceId = Objects.requireNonNull(request.deviceId());
        StockAnswer unknown = deviceId.hashCode() % 2 == 0 ? StockAnswer.NOT_FOUND_DETAIL : StockAnswer.NOT_FOUND_ERROR;
        return fleet.details(now, deviceId).map(body -> Answer.json(200, body)).orElseGet(unknown::answer);
    }
}
