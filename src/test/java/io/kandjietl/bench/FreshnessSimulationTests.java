package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Details are never older than a day for long, and the share is kept, at a size that a test can simulate. */
class FreshnessSimulationTests {

    @Test
    void threeDaysOfATenthOfTheFleetThatIsPromised() {
        FreshnessSimulation.Result result = FreshnessSimulation.simulate(10_000, 36);

        assertThat(result.completeAfter()).as("slots until all were looked up").isEqualTo(1);
        assertThat(result.mostInAnHour()).isLessThanOrEqualTo(5_000);
        assertThat(result.slots().subList(1, 36))
                .as("age at publication")
                .allSatisfy(slot -> assertThat(slot.oldest()).isLessThanOrEqualTo(24));
    }
}
