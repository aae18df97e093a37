package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestBudgetIntegrationTests {

    private final FakeTime time = new FakeTime();

    private final StubServer server = new StubServer();

    private final RecordingBudget budget = new RecordingBudget();

    private final KandjiClient client = new KandjiClient(
            new KandjiSettings(server.root(), ApiToken.of("0c7f4b1e-52d7-4a83-9a61-fd0b7f6e2c19")),
            time.timing(),
            budget,
            ObservationRegistry.NOOP);

    RequestBudgetIntegrationTests() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void everyTryIsTakenFromTheBudgetBeforeItIsSent() {
        server.then(500, "").thenReset().then(200, "[]");

        client.listDevices(0);

        assertThat(budget.sentBefore).containsExactly(0, 1, 2);
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void whatAnAnswerSaysOfTheLimitReachesTheBudgetWhateverItsStatus() {
        server.then(500, "", "x-ratelimit-limit-hour", "10000", "x-ratelimit-remaining-hour", "9966")
                .then(200, "[]");

        client.listDevices(0);

        assertThat(budget.seen).containsExactly(new HourlyLimit(FakeTime.START, 10_000, 9_966));
    }

    @Test
    void aWaitThatIsTooLongIsKeptInWhicheverTryItComes() {
        server.then(500, "")
                .then(500, "")
                .then(500, "")
                .then(500, "")
                .then(500, "")
                .then(429, "", "Retry-After", "3600");

        KandjiUnavailableException e =
                catchThrowableOfType(KandjiUnavailableException.class, () -> client.listDevices(0));

        assertThat(e.getMessage()).contains("ended with status 429 (tried 6 times)");
        assertThat(budget.blockedUntil)
                .containsExactly(e.waitUntil().orElseThrow())
                .first()
                .matches(until -> until.isAfter(FakeTime.START.plus(Duration.ofHours(1))));
    }

    @Test
    void aWaitThatIsWaitedForIsNotKept() {
        server.then(429, "", "Retry-After", "120").then(200, "[]");

        client.listDevices(0);

        assertThat(budget.blockedUntil).isEmpty();
    }

    @Test
    void aRefusalsRetryAfterIsNotKept() {
        server.then(403, "", "Retry-After", "3600");

        assertThatThrownBy(() -> client.listDevices(0)).isInstanceOf(KandjiRefusedException.class);
        assertThat(budget.blockedUntil).isEmpty();
    }

    @Test
    void whatTheBudgetRefusesIsNotAskedAndNotTriedAgain() {
        FailureException refusal = new FailureException(ExitCode.TRY_LATER, "nothing left", "wait", null);
        budget.refusal = refusal;

        assertThatThrownBy(() -> client.listDevices(0)).isSameAs(refusal);
        assertThat(server.received()).isEmpty();
        assertThat(client.requests()).isZero();
    }

    @Test
    void detailsThatTheBudgetRefusesAreNotAskedForAndSaySo() {
        Instant until = FakeTime.START.plusSeconds(7);
        budget.refusedUntil = until;

        assertThatThrownBy(() -> client.details("d-1"))
                .isInstanceOfSatisfying(
                        KandjiUnavailableException.class,
                        e -> assertThat(e.waitUntil()).contains(until))
                .hasMessage("No requests are to be had before " + until);
        assertThat(server.received()).isEmpty();
        assertThat(client.requests()).isZero();
    }

    @Test
    void theWaitForTheBudgetIsNotHeldAgainstTheTries() {
        budget.wait = Duration.ofHours(1);
        server.then(500, "").then(500, "").then(200, "[]");

        assertThat(client.listDevices(0).rows()).isEmpty();
        assertThat(client.requests()).isEqualTo(3);
    }

    @Test
    void anInterruptEndsTheWaitForTheBudget() {
        budget.interrupted = true;

        assertThatThrownBy(() -> client.listDevices(0))
                .isInstanceOf(KandjiInterruptedException.class)
                .hasMessageStartingWith("Stopped while waiting for Kandji: GET /api/v1/devices?offset=0");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.requests()).isZero();
    }

    /** Allows what it is not told to refuse, and remembers what it hears. */
    private final class RecordingBudget implements RequestBudget {

        private final List<Integer> sentBefore = new ArrayList<>();
        private final List<HourlyLimit> seen = new ArrayList<>();
        private final List<Instant> blockedUntil = new ArrayList<>();
        private @Nullable FailureException refusal;
        private @Nullable Instant refusedUntil;
        private boolean interrupted;
        private Duration wait = Duration.ZERO;

        @Override
        public void take() throws InterruptedException {
            if (interrupted) {
                throw new InterruptedException();
            }
            if (refusal != null) {
                throw refusal;
            }
            time.pass(wait);
            sentBefore.add(server.received().size());
        }

        @Override
        public Optional<Instant> tryTake() {
            return Optional.ofNullable(refusedUntil);
        }

        @Override
        public void seen(HourlyLimit limit) {
            seen.add(limit);
        }

        @Override
        public void blockedUntil(Instant until) {
            blockedUntil.add(until);
        }
    }
}
