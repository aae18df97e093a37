package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourlyLimitTests {

    @Test
    void theTwoHeadersTellTheLimit() {
        assertThat(HourlyLimit.of(headers("10000", " 9966 "), FakeTime.START))
                .contains(new HourlyLimit(FakeTime.START, 10_000, 9_966));
    }

    @ParameterizedTest
    @CsvSource({"'', 5", "5, ''", "0, 0", "-1, 5", "10000, -1", "many, 5", "1e4, 5", "10000, 12345678901234567890"})
    void whatIsNoLimitIsPassedOver(String limit, String remaining) {
        assertThat(HourlyLimit.of(headers(limit, remaining), FakeTime.START)).isEmpty();
    }

    @Test
    void answersWithoutHeadersTellNothing() {
        assertThat(HourlyLimit.of(HttpHeaders.of(Map.of(), (name, value) -> true), FakeTime.START))
                .isEmpty();
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> new HourlyLimit(FakeTime.START, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No limit: 0 of 0");
    }

    private static HttpHeaders headers(String limit, String remaining) {
        return HttpHeaders.of(
                Map.of("X-RateLimit-Limit-Hour", List.of(limit), "x-ratelimit-remaining-hour", List.of(remaining)),
                (name, value) -> true);
    }
}
