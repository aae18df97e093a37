package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KandjiCheckIntegrationTests {

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(
                    ScriptedFleet.row("d1", row -> row.put("is_removed", true)),
                    ScriptedFleet.row("d2"),
                    ScriptedFleet.row("d3")))
            .unlimited()
            .start();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aClockThatIsWrongIsTold() {
        try (KandjiClient client = client(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)))) {
            KandjiCheck check = new KandjiCheck(client);
            assertThat(check.clock()).isEqualTo("not told by the answers");
            check.list();

            assertThatThrownBy(check::clock)
                    .hasMessageMatching("Kandji's clock and this machine's differ by (1h59m5\\d(\\.\\d+)?s|2h.*)")
                    .hasFieldOrPropertyWithValue("exitCode", ExitCode.CONFIGURATION);
        }
    }

    @Test
    void aClockThatIsRightIsGood() {
        try (KandjiClient client = client(Clock.systemUTC())) {
            KandjiCheck check = new KandjiCheck(client);
            check.list();

            assertThat(check.clock()).startsWith("agrees with this machine's to ");
        }
    }

    @Test
    void aRemovedDeviceIsNotAskedForAndOneThatIsUnknownGivesWayToTheNext() {
        tenant.faults().onDetails().ofDevice("d2").answers(StockAnswer.NOT_FOUND_DETAIL);
        try (KandjiClient client = client(Clock.systemUTC())) {
            KandjiCheck check = new KandjiCheck(client);

            assertThat(check.details(check.list())).isEqualTo("the token may read details");
            assertThat(tenant.requests().detailedDevices()).containsExactlyInAnyOrder("d2", "d3");
        }
    }

    private KandjiClient client(Clock clock) {
        return new KandjiClient(
                new KandjiSettings(tenant.baseUri(), ApiToken.of(tenant.token()), 300, 1_000, KandjiTimeouts.DEFAULT),
                clock);
    }
}
