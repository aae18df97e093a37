package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTests {

    private final Faults faults = new Faults();

    @Test
    void faultHappensOnceUnlessToldOtherwise() {
        faults.onList().truncates();
        assertThat(faults.claim(details("a"))).isEmpty();
        assertThat(faults.claim(list(0))).containsExactly(new Effect.Truncate());
        assertThat(faults.claim(list(0))).isEmpty();
    }

    @Test
    void faultMayBeNarrowedToAnOffsetADeviceAndANumber() {
        faults.onList().atOffset(300).times(2).drops();
        faults.onDetails().ofDevice("ABC").always().truncates();
        assertThat(faults.claim(list(0))).isEmpty();
        assertThat(faults.claim(list(300))).hasSize(1);
        assertThat(faults.claim(list(300))).hasSize(1);
        assertThat(faults.claim(list(300))).isEmpty();
        assertThat(faults.claim(details("abc"))).hasSize(1);
        assertThat(faults.claim(details("abd"))).isEmpty();
    }

    @Test
    void nthCountsTheRequestsThatFit() {
        faults.onDetails().nth(3).drops();
        faults.claim(list(0));
        assertThat(IntStream.range(0, 5)
                        .mapToObj(i -> faults.claim(details("a")).size()))
                .containsExactly(0, 0, 1, 0, 0);
    }

    @Test
    void diceOfASeedFallTheSameEachTime() {
        faults.onAny().percent(5, 42).drops();
        Faults twin = new Faults();
        twin.onAny().percent(5, 42).drops();
        List<Integer> thrown = throwDice(faults);
        assertThat(thrown).isEqualTo(throwDice(twin));
        assertThat(thrown.stream().mapToInt(Integer::intValue).sum()).isBetween(400, 600);
    }

    @Test
    void severalFaultsHappenTogetherInTheOrderInWhichTheyWereAskedFor() {
        faults.onAny().slows(Duration.ofSeconds(1));
        faults.onList().truncates();
        assertThat(faults.claim(list(0)))
                .containsExactly(new Effect.Slow(Duration.ofSeconds(1)), new Effect.Truncate());
    }

    @Test
    void clearedFaultsHappenNoMoreAndTheirHoldsAreReleased() throws InterruptedException {
        Hold hold = faults.onAny().always().holds();
        faults.clear();
        hold.pass();
        assertThat(faults.claim(list(0))).isEmpty();
    }

    private static List<Integer> throwDice(Faults faults) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> faults.claim(list(i)).size())
                .toList();
    }

    private static SeenRequest list(long offset) {
        return new SeenRequest(
                Instant.EPOCH, RequestKind.LIST, "GET", "/api/v1/devices?limit=300&offset=" + offset, null, null, 0);
    }

    private static SeenRequest details(String id) {
        return new SeenRequest(
                Instant.EPOCH, RequestKind.DETAILS, "GET", "/api/v1/devices/" + id + "/details", id, null, 0);
    }
}
