package io.kandjietl.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as the tenant saw it.
 *
 * @param at when it came, by the tenant's clock
 * @param kind what it asked for
 * @param method for example {@code GET}
 * @param target path and query, as sent
 * @param deviceId the device whose details it asked for; null for other kinds
 * @param authorization the header of that name; null when there was none
 * @param status what it was answered with; 0 when the connection was dropped instead
 */
public record SeenRequest(
        Instant at,
        RequestKind kind,
        String method,
        String target,
        @Nullable String deviceId,
        @Nullable String authorization,
        int status) {

    private static final Pattern LIST = Pattern.compile("/api/v1/devices");
    private static final Pattern DEVICE = Pattern.compile("/api/v1/devices/([^/]+)(/details)?");

    static SeenRequest of(HttpExchange exchange, Instant at) {
        URI uri = exchange.getRequestURI();
        Matcher device = DEVICE.matcher(uri.getPath());
        boolean isDevice = device.matches();
        return new SeenRequest(
                at,
                kind(uri.getPath(), isDevice ? device : null),
                exchange.getRequestMethod(),
                uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                isDevice ? device.group(1) : null,
                exchange.getRequestHeaders().getFirst("Authorization"),
                0);
    }

    /** The same, answered. */
    SeenRequest answered(int status) {
        return new SeenRequest(at, kind, method, target, deviceId, authorization, status);
    }

    /** A parameter of the query, decoded; empty when the request does not have it. */
    public Optional<String> parameter(String name) {
        int query = target.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Arrays.stream(target.substring(query + 1).split("&"))
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                        .findFirst();
    }

    /** A parameter as a number of at least some size; the default when it is anything else, as the API takes it. */
    public long number(String name, long least, long otherwise) {
        return parameter(name)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::parseLong)
                .filter(number -> number >= least)
                .orElse(otherwise);
    }

    /** The offset that a list request asked for, 0 when it named none. */
    public long offset() {
        return number("offset", 0, 0);
    }

    private static RequestKind kind(String path, @Nullable Matcher device) {
        if (LIST.matcher(path).matches()) {
            return RequestKind.LIST;
        }
        if (device == null) {
            return RequestKind.UNROUTED;
        }
        return device.group(2) == null ? RequestKind.DEVICE : RequestKind.DETAILS;
    }
}
