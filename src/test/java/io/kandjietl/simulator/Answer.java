package io.kandjietl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer as the simulated tenant gives it. Immutable. */
public final class Answer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer with a body of JSON, or of whatever is to pass for it. */
    public static Answer of(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with a page of HTML, as proxies give it. */
    public static Answer html(int status, String page) {
        return new Answer(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** The same with one header more, or with another value of it. */
    public Answer withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    Answer withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
