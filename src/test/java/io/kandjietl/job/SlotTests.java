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
        assertThat(slots.choose(again, NOW, null, Optional.empty(), Optional.empty())
                        .slot())
                .isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
        assertThat(slots.choose(again, NOW, null, Optional.empty(), Optional.of(Instant.parse("2026-11-23T12:00:00Z")))
                        .slot())
                .isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
    }

    @Test
    void observingAnewTwiceInASecondGivesTwoSlots() {
        SyncRequest again = new SyncRequest(null, true, false, false);
        assertThat(slots.choose(again, NOW, null, Optional.empty(), Optional.of(Instant.parse("2026-11-23T13:15:42Z")))
                        .slot())
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

    @ParameterizedTest
    @CsvSource({
        "kandji-sync-29923920, 2026-11-23T12:00:00Z", // minutes since 1970
        "a-b-29923995, 2026-11-23T13:15:00Z",
        "kandji-sync-29924000, 2026-11-23T13:20:00Z", // a clock that is ahead
        "kandji-sync-29922556, 2026-11-22T13:16:00Z", // a day ago
    })
    void aJobOfACronJobNamesItsSlot(String jobName, Instant slot) {
        assertThat(chosen(SyncRequest.REGULAR, jobName, Optional.empty())).isEqualTo(new Slot(slot));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kandji-sync-20261123",
                "kandji-sync-29924001",
                "kandji-sync-29922555",
                "kandji-sync-9999999999",
                "by-hand",
                "29923920",
                "kandji-sync-29923920x"
            })
    void anotherJobStandsForTheSecondOfItsFirstStart(String jobName) {
        assertThat(chosen(SyncRequest.REGULAR, jobName, Optional.empty()))
                .isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
        assertThat(chosen(SyncRequest.REGULAR, jobName, Optional.of(Instant.parse("2026-11-23T13:02:07Z"))))
                .as("a retried pod finds it again")
                .isEqualTo(Slot.parse("2026-11-23T13:02:07Z"));
    }

    @Test
    void whatACommandAsksForComesBeforeTheJobsName() {
        Slot named = Slot.parse("2026-11-23T12:00Z");
        assertThat(chosen(new SyncRequest(named, false, false, false), "kandji-sync-29923995", Optional.empty()))
                .isEqualTo(named);
        assertThat(chosen(new SyncRequest(null, true, false, false), "kandji-sync-29923920", Optional.empty()))
                .isEqualTo(Slot.parse("2026-11-23T13:15:42Z"));
    }

    private Slot chosen(SyncRequest request, String jobName, Optional<Instant> unfinished) {
        return slots.choose(request, NOW, jobName, unfinished, Optional.empty()).slot();
    }
}
