package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchivalGuardTests {

    @ParameterizedTest
    @CsvSource({
        // active, listed, departing, excused
        "0, 1000, 0, 0", // a first run
        "0, 0, 0, 0", // of an empty tenant
        "5, 1, 4, 0", // a small fleet
        "20, 1, 19, 0",
        "20, 1, 20, 0",
        "100, 80, 20, 0", // 20 devices are few
        "210, 189, 21, 0", // ten in a hundred
        "100000, 99500, 500, 0",
        "100, 40, 10, 50", // what is there, or accepted, is not expected to be listed
        "100, 0, 0, 100",
    })
    void letsPass(long active, long listed, long departing, long excused) {
        assertThat(ArchivalGuard.STANDARD.holds(departures(active, listed, departing, excused)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            209 | 188 | 21 | 0 | 21 of 209 active devices would be archived: more than 10 %
            100000 | 99499 | 501 | 0 | 501 of 100,000 active devices would be archived: more than 500
            5 | 0 | 5 | 0 | 5 of 5 active devices would be archived: the listing shows no device at all
            1000 | 400 | 90 | 100 | 90 of 1,000 active devices would be archived: the listing shows fewer than half of them
            """)
    void holdsBack(long active, long listed, long departing, long excused, String why) {
        assertThat(ArchivalGuard.STANDARD.holds(departures(active, listed, departing, excused)))
                .contains(why);
    }

    @Test
    void whatWasHeldStaysHeldHoweverTheFleetGrows() {
        assertThat(ArchivalGuard.STANDARD.holds(new Departures(5_400, 5_000, 400, 0, 400, 400, false)))
                .contains("400 of 5,400 active devices would be archived: 400 of them were held back before, and nobody"
                        + " accepted it");
        assertThat(ArchivalGuard.STANDARD.holds(new Departures(5_400, 5_000, 20, 0, 20, 20, false)))
                .isEmpty();
    }

    @Test
    void limitsCanBeSet() {
        ArchivalGuard guard = new ArchivalGuard(2.5, 30);

        assertThat(guard.holds(departures(1_000, 974, 26, 0)))
                .contains("26 of 1,000 active devices would be archived: more than 2.5 %");
        assertThat(guard.holds(departures(10_000, 9_969, 31, 0)))
                .contains("31 of 10,000 active devices would be archived: more than 30");
        assertThat(guard.holds(departures(10_000, 9_970, 30, 0))).isEmpty();
        assertThat(new ArchivalGuard(100, 1_000_000).holds(departures(1_000, 600, 400, 0)))
                .isEmpty();
    }

    private static Departures departures(long active, long listed, long departing, long excused) {
        return new Departures(active, listed, departing, excused, 0, departing, false);
    }
}
