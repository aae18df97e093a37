package io.kandjietl.kandji;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): a number of seconds, or a date. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,15}");

    /** Nobody asks to wait longer in earnest; the bound keeps the sum within what an {@link Instant} holds. */
    private static final Duration MAX = Duration.ofDays(3650);

    private RetryAfter() {}

    /** The moment that the header names; empty when it names none. */
    static Optional<Instant> parse(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(now.plusSeconds(Math.min(Long.parseLong(text), MAX.toSeconds())));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Instant max = now.plus(MAX);
            return Optional.of(date.isAfter(max) ? max : date);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
