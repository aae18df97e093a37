package io.kandjietl.kandji;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an answer says of the limit that all of a tenant's integrations share, by the headers
 * {@code x-ratelimit-limit-hour} and {@code x-ratelimit-remaining-hour}. Recorded traffic carried them; nothing promises
 * them.
 *
 * @param askedAt when the request was sent
 * @param limit requests an hour, 1 or more
 * @param remaining what is left of them in the clock hour of the answer, 0 or more
 */
public record HourlyLimit(Instant askedAt, long limit, long remaining) {

    /** Longer numbers are no limits; the bound also keeps sums of them from overflowing. */
    private static final int MAX_DIGITS = 12;

    /** Checks the ranges. */
    public HourlyLimit {
        if (limit < 1 || remaining < 0) {
            throw new IllegalArgumentException("No limit: " + remaining + " of " + limit);
        }
    }

    /** What the headers say; empty where one is missing or no number. */
    static Optional<HourlyLimit> of(HttpHeaders headers, Instant askedAt) {
        OptionalLong limit = number(headers, "x-ratelimit-limit-hour");
        OptionalLong remaining = number(headers, "x-ratelimit-remaining-hour");
        return limit.isEmpty() || remaining.isEmpty() || limit.getAsLong() == 0
                ? Optional.empty()
                : Optional.of(new HourlyLimit(askedAt, limit.getAsLong(), remaining.getAsLong()));
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1," + MAX_DIGITS + "}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }
}
