package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.warehouse.RequestGrant;
import io.kandjietl.warehouse.SeenLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortageTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));

    @Test
    void aUsedShareLastsUntilTheNextHour() {
        assertThat(shortage(50, null, null))
                .isEqualTo(new Shortage(
                        ONE, "50 of the share of 50 requests are used in the hour from 2026-11-23T12:00:00Z"));
    }

    @Test
    void whatTheOthersLeaveIsToldWithTheReserve() {
        assertThat(shortage(20, new SeenLimit(18, 1_002, 10_000, NOON.plusSeconds(9)), null))
                .isEqualTo(new Shortage(
                        ONE,
                        "20 of the share of 50 requests are used in the hour from 2026-11-23T12:00:00Z, but the tenant's"
                                + " integrations together had 1002 of 10000 left at 2026-11-23T12:00:09Z, and the last"
                                + " 1000 are for the others"));
    }

    @Test
    void aMomentThatKandjiNamedIsTold() {
        Instant until = NOON.plus(Duration.ofMinutes(20));

        assertThat(shortage(20, null, until))
                .isEqualTo(new Shortage(until, "Kandji asked not to be asked before 2026-11-23T12:20:00Z"));
    }

    @Test
    void theLaterOfTwoReasonsCounts() {
        assertThat(shortage(50, null, NOON.plus(Duration.ofMinutes(20))).until())
                .isEqualTo(ONE);
        assertThat(shortage(50, null, ONE.plusSeconds(1)).until()).isEqualTo(ONE.plusSeconds(1));
    }

    private static Shortage shortage(long granted, @Nullable SeenLimit seen, @Nullable Instant blockedUntil) {
        return Shortage.of(new RequestGrant(NOON, 0, granted, seen, blockedUntil), 50);
    }
}
