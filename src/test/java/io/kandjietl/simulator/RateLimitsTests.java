package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateLimitsTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void secondLimitOpensWithTheNextSecond() {
        RateLimits limits = new RateLimits(100, 2);
        assertThat(limits.admit(NOON).retryAfter()).isEmpty();
        assertThat(limits.admit(NOON.plusMillis(999)).retryAfter()).isEmpty();
        assertThat(limits.admit(NOON.plusMillis(999)).retryAfter()).isEqualTo(OptionalLong.of(1));
        assertThat(limits.admit(NOON.plusSeconds(1)).retryAfter()).isEmpty();
    }

    @Test
    void hourLimitOpensWithTheNextClockHour() {
        RateLimits limits = new RateLimits(1, 0);
        assertThat(limits.admit(NOON.plusSeconds(3_000)).retryAfter()).isEmpty();
        assertThat(limits.admit(NOON.plusSeconds(3_001)).retryAfter()).isEqualTo(OptionalLong.of(599));
        assertThat(limits.admit(NOON.plusSeconds(3_600)).retryAfter()).isEmpty();
    }

    @Test
    void refusedRequestCostsNothing() {
        RateLimits limits = new RateLimits(100, 1);
        limits.admit(NOON);
        limits.admit(NOON);
        assertThat(limits.admit(NOON.plusSeconds(1)).headers()).containsEntry("x-ratelimit-remaining-hour", "98");
    }

    @Test
    void otherIntegrationsShareTheHour() {
        RateLimits limits = new RateLimits(10_000, 50);
        limits.usedByOthers(9_000);
        assertThat(limits.admit(NOON).headers())
                .isEqualTo(Map.of(
                        "x-ratelimit-limit-hour", "10000",
                        "x-ratelimit-remaining-hour", "999",
                        "x-ratelimit-limit-second", "50",
                        "x-ratelimit-remaining-second", "49",
                        "ratelimit-limit", "50",
                        "ratelimit-remaining", "49",
                        "ratelimit-reset", "1"));
        limits.usedByOthers(10_000);
        assertThat(limits.admit(NOON).retryAfter()).isEqualTo(OptionalLong.of(3_600));
    }

    @Test
    void zeroStandsForNoLimit() {
        RateLimits limits = new RateLimits(0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limits.admit(NOON).retryAfter()).isEmpty();
        }
        assertThat(limits.admit(NOON).headers()).isEmpty();
    }
}
