package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateSpellingTests {

    private static final Instant AT = Instant.parse("2024-05-03T04:09:07.000451999Z");

    @ParameterizedTest
    @CsvSource({
        "MICROSECONDS_Z, 2024-05-03T04:09:07.000451Z",
        "MICROSECONDS_OFFSET, 2024-05-03T04:09:07.000451+00:00",
        "SPACE_MICROSECONDS_OFFSET, 2024-05-03 04:09:07.000451+00:00",
        "SPACE_SECONDS_OFFSET, 2024-05-03 04:09:07+00:00",
        "SPACE_SECONDS_SPACE_OFFSET, 2024-05-03 04:09:07 +0000"
    })
    void spellsAsTheApiDoes(DateSpelling spelling, String expected) {
        assertThat(spelling.spell(AT)).isEqualTo(expected);
        assertThat(spelling.spell(spelling.kept(AT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2024-12-31T23:59:59.999999Z", "2026-01-01T00:00:00Z", "1999-10-10T10:10:10.100000Z"})
    void whatIsSpelledInFullIsReadBackAsItWas(Instant at) {
        assertThat(Instant.parse(DateSpelling.MICROSECONDS_Z.spell(at))).isEqualTo(at);
    }
}
