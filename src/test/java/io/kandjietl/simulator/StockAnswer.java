package io.kandjietl.simulator;

/** The answers of the API and of what stands before it that are not what was asked for, in all shapes that were seen. */
public enum StockAnswer {
    /** 401 of a token that is wrong, revoked or expired. */
    INVALID_AUTHENTICATION(Answer.of(401, "{\"message\":\"Invalid authentication\"}")),
    /** The other 401. */
    INVALID_TOKEN(Answer.of(401, "{\"detail\":\"Invalid token.\"}")),
    /** 403 of a token without the endpoint's permission. */
    NO_PERMISSION(Answer.of(403, "{\"detail\":\"You do not have permission to perform this action.\"}")),
    /** The same as it was seen in 2023. */
    NO_PERMISSION_AS_401(Answer.of(401, "{\"detail\":\"You do not have permission to perform this action.\"}")),
    /** 404 of the gateway: a path that nobody serves, perhaps the wrong region. */
    NO_ROUTE(
            Answer.of(
                    404,
                    "{\"message\":\"no Route matched with those values\",\"request_id\":\"7c1f2f0d9c5e4a3b8f6d1e2a3b4c5d6e\"}")),
    /** 404 of an unknown or deleted device. */
    NOT_FOUND_DETAIL(Answer.of(404, "{\"detail\":\"Not found.\"}")),
    /** The other 404 of a device. */
    NOT_FOUND_ERROR(Answer.of(404, "{\"error\":\"Not Found\"}")),
    /** 405 of anything but a GET. */
    METHOD_NOT_ALLOWED(Answer.of(405, "{\"detail\":\"Method not allowed.\"}")),
    /** 429 without {@code Retry-After}. */
    RATE_LIMITED(Answer.of(429, "{\"message\":\"API rate limit exceeded\"}")),
    /** 500 with {@code message}. */
    SERVER_MESSAGE(Answer.of(500, "{\"message\":\"An unexpected error occurred\"}")),
    /** 500 with {@code detail}. */
    SERVER_DETAIL(Answer.of(500, "{\"detail\":\"Internal server error.\"}")),
    /** 500 with {@code error}. */
    SERVER_ERROR(Answer.of(500, "{\"error\":\"Internal Server Error\"}")),
    /** 400 with an object of lists. */
    FIELD_ERRORS(Answer.of(400, "{\"limit\":[\"A valid integer is required.\"]}")),
    /** 400 with a bare list. */
    BARE_LIST(Answer.of(400, "[\"Unable to process the request.\"]")),
    /** 502 with a proxy's page. */
    HTML_BAD_GATEWAY(Answer.html(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")),
    /** 503 without a body. */
    EMPTY_UNAVAILABLE(Answer.of(503, "")),
    /** 200 with a page of HTML, as a captive portal gives it. */
    HTML_OK(Answer.html(200, "<!DOCTYPE html><html><body>Please sign in to continue.</body></html>")),
    /** 200 without a body. */
    EMPTY_OK(Answer.of(200, "")),
    /** 200 with an object where the list's array belongs. */
    OBJECT_OK(Answer.of(200, "{\"count\":0,\"next\":null,\"results\":[]}"));

    private final Answer answer;

    StockAnswer(Answer answer) {
        this.answer = answer;
    }

    /** The answer itself. */
    public Answer answer() {
        return answer;
    }
}
