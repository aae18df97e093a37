package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.job.ProgressDisplay.State;
import io.kandjietl.support.LoggedLines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProgressTests {

    @RegisterExtension
    final LoggedLines logged = LoggedLines.of(ProgressLines.class);

    private final ProgressLines lines = new ProgressLines();

    @Test
    void eachTenthIsTold() {
        for (int second = 0; second <= 20; second++) {
            lines.show(state(50L * second, 1_000L, second));
        }
        assertThat(logged.messages())
                .hasSize(10)
                .first()
                .isEqualTo(
                        "extractDetails: 100 of 1,000 rows in 2s, 50 a second, 18s left; 7 requests, of 5,000 an hour");
        assertThat(logged.messages().getLast())
                .startsWith("extractDetails: 1,000 of 1,000 rows in 20s, 50 a second; 7 requests");
    }

    @Test
    void tenthsThatPassWithinASecondAreToldTogether() {
        for (int tenth = 1; tenth <= 10; tenth++) {
            lines.show(state(tenth * 10, 100L, 0));
        }
        assertThat(logged.messages()).isEmpty();
        lines.end(state(100, 100L, 0));
        assertThat(logged.messages()).hasSize(1);
    }

    @Test
    void thirtySecondsAreTheLongestSilence() {
        for (int second = 0; second <= 90; second++) {
            lines.show(state(5, null, second));
        }
        assertThat(logged.messages())
                .hasSize(3)
                .first()
                .isEqualTo("extractDetails: 5 rows in 30s, 0 a second; 7 requests, of 5,000 an hour");
    }

    @Test
    void theNextStepBeginsAnew() {
        lines.show(state(100, 100L, 40));
        lines.end(state(100, 100L, 40));
        lines.show(state(10, 100L, 2));
        assertThat(logged.messages()).hasSize(3);
    }

    private static State state(long done, @Nullable Long expected, long seconds) {
        return new State("extractDetails", done, expected, Duration.ofSeconds(seconds), 7, 5_000);
    }
}
