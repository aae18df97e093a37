package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTests {

    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final Instant NOW = Instant.parse("2026-11-23T13:15:42.7Z");

    private final SlotChooser slots = new SlotChooser(TWO_HOURS);

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00Z, 2026-11-23T12:00:00Z",
        "2026-11-23T13:59:59.999Z, 2026-11-23T12:00:00Z",
        "2026-11-23T14:00:00Z, 2026-11-23T14:00:00Z",
    })
    void aRegularSlotIsTheTimeRoundedDownToTwoHours(Instant now, Instant slot) {
        assertThat(Slot.containing(now, TWO_HOURS)).isEqualTo(new Slot(slot));
    }

    @Test
    void aSlotIsReadInIso8601WithOrWithoutSecondsAndInAnyZone() {
        Slot noon = new Slot(Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(Slot.parse("2026-11-23T12:00Z")).isEqualTo(noon);
        assertThat(Slot.parse("2026-11-23T12:00:00Z")).isEqualTo(noon);
        assertThat(Slot.parse("2026-11-23T13:00+01:00")).isEqualTo(noon);
        assertThat(noon).hasToString("2026-11-23T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-11-23", "2026-11-23T12:00", "2026-11-23 12:00Z", "12:00Z"})
    void whatIsNoSlotIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slot.parse(text))
                .withMessage("'" + text
                        + "' is no slot: write it in ISO 8601 with an offset, for example 2026-11-23T12:00Z");
    }

    @Test
    void aSlotIsAWholeSecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slot.parse("2026-11-23T12:00:00.5Z"))
                .withMessage("A slot is a whole second, but 2026-11-23T12:00:00.500Z is not");
    }

    @Test
    void aSlotPassesWhenItsLengthIsOver() {
        Slot slot = Slot.parse("2026-11-23T12:00Z");
        assertThat(slot.hasPassedAt(Instant.parse("2026-11-23T11:59:59Z"), TWO_HOURS))
                .isFalse();
        assertThat(slot.hasPassedAt(Instant.parse("2026-11-23T13:59:59Z"), TWO_HOURS))
                .isFalse();
        assertThat(slot.hasPassedAt(Instant.parse("2026-11-23T14:00:00Z"), TWO_HOURS))
                .isTrue();
    }

    @Test
    void observingAnewStandsForThisSecond() {
        SyncRequest again = new SyncRequest(null, true, false, false);
        assertThat(slots.choose(again, NOW, Optional.empty())).isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
        assertThat(slots.choose(again, NOW, Optional.of(Instant.parse("2026-11-23T12:00:00Z"))))
                .isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
    }

    @Test
    void observingAnewTwiceInASecondGivesTwoSlots() {
        SyncRequest again = new SyncRequest(null, true, false, false);
        assertThat(slots.choose(again, NOW, Optional.of(Instant.parse("2026-11-23T13:15:42Z"))))
                .isEqualTo(Slot.parse("2026-11-23T13:15:43Z"));
        assertThatCode(() -> slots.checkBeginnable(again, NOW)).doesNotThrowAnyException();
    }

    @Test
    void aSlotInTheFutureIsWrongUsage() {
        assertThatThrownBy(() -> slots.checkBeginnable(
                        new SyncRequest(Slot.parse("2026-11-23T14:00Z"), false, false, false), NOW))
                .isInstanceOfSatisfying(
                        UsageException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("Slot 2026-11-23T14:00:00Z lies in the future: it is 2026-11-23T13:15:42Z now");
    }

    @Test
    void aSlotThatPassedWithoutARunIsWrongUsage() {
        assertThatThrownBy(() -> slots.checkBeginnable(
                        new SyncRequest(Slot.parse("2026-11-23T10:00Z"), false, false, false), NOW))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Slot 2026-11-23T10:00:00Z has passed without a run: what the fleet was then can't be observed"
                                + " any more");
    }
}
