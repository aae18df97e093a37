package io.kandjietl.kandji;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * By how much this machine's clock differs from a server's, by the header {@code Date} of an answer, which tells whole
 * seconds: slots, ages and the budget's hours are dated by this machine's clock.
 *
 * @param difference the server's time less ours; the time that the answer was under way is in it
 */
public record ClockSkew(Duration difference) {

    /** More than an answer takes on its way. */
    public static final Duration TOLERATED = Duration.ofMinutes(1);

    /** What the header says; empty where it is missing or no date. */
    static Optional<ClockSkew> of(HttpHeaders headers, Instant now) {
        return headers.firstValue("Date")
                .flatMap(ClockSkew::parse)
                .map(date -> new ClockSkew(Duration.between(now, date)));
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it is more than can be put up with. */
    public boolean isTooMuch() {
        return difference.abs().compareTo(TOLERATED) > 0;
    }

    /** For example {@code 1h20m3s}. */
    public String words() {
        return difference.abs().toSeconds() < 1
                ? "less than a second"
                : Duration.ofSeconds(difference.abs().toSeconds())
                        .toString()
                        .substring(2)
                        .toLowerCase(java.util.Locale.ROOT);
    }
}
