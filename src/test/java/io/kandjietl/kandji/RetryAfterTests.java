package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 2026-11-23T12:00:00Z",
        "' 90 ', 2026-11-23T12:01:30Z",
        "3600, 2026-11-23T13:00:00Z",
        "999999999999999, 2036-11-20T12:00:00Z",
        "'Mon, 23 Nov 2026 12:05:00 GMT', 2026-11-23T12:05:00Z",
        "'Mon, 23 Nov 2026 11:00:00 GMT', 2026-11-23T11:00:00Z",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 2036-11-20T12:00:00Z"
    })
    void secondsAndDatesAreUnderstood(String header, Instant until) {
        assertThat(RetryAfter.parse(header, NOW)).contains(until);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999999999999", "2026-11-23T12:05:00Z"})
    void whatIsNeitherIsIgnored(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
