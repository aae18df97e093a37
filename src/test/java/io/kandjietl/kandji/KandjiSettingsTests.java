package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KandjiSettingsTests {

    private static final ApiToken TOKEN = ApiToken.of("abc-1");

    @Test
    void theDefaultsAreFullPagesAtTwentyRequestsASecond() {
        KandjiSettings settings = new KandjiSettings(URI.create("https://acme.api.kandji.io"), TOKEN);
        assertThat(settings)
                .isEqualTo(new KandjiSettings(
                        URI.create("https://acme.api.kandji.io"),
                        TOKEN,
                        300,
                        20,
                        new KandjiTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60))));
        assertThat(settings.toString()).doesNotContain("abc-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.api.eu.kandji.io",
                "HTTPS://acme.api.iru.com/",
                "https://gateway.example.com:8443",
                "http://localhost:8080",
                "http://127.0.0.1:1",
                "http://[::1]:8080"
            })
    void rootsAreTaken(String root) {
        assertThat(new KandjiSettings(URI.create(root), TOKEN).root()).isEqualTo(URI.create(root));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.api.kandji.io/api/v1",
                "https://acme.api.kandji.io?x=1",
                "https://acme.api.kandji.io#x",
                "https://ada:pass@acme.api.kandji.io",
                "acme.api.kandji.io",
                "https:acme",
                "https:///x"
            })
    void whatIsNoRootIsWrongConfiguration(String root) {
        FailureException e =
                catchThrowableOfType(FailureException.class, () -> new KandjiSettings(URI.create(root), TOKEN));
        assertThat(e)
                .hasMessage("The address of the Kandji API is not a root: it must be a scheme and a host, perhaps a"
                        + " port, and nothing else");
        assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(e.remedy()).contains("KANDJI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.api.kandji.io",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "ftp://localhost"
            })
    void theTokenIsNeverSentInClearTextToAnotherMachine(String root) {
        assertThatThrownBy(() -> new KandjiSettings(URI.create(root), TOKEN))
                .hasMessage("The address of the Kandji API must begin with https:// (http:// is for localhost alone)");
    }

    @ParameterizedTest
    @CsvSource({"0, 20, PAGE_SIZE is 0", "301, 20, PAGE_SIZE is 301", "300, 0, REQUESTS_PER_SECOND is 0"})
    void numbersHaveBounds(int pageSize, int perSecond, String words) {
        URI root = URI.create("https://acme.api.kandji.io");
        assertThatThrownBy(() -> new KandjiSettings(root, TOKEN, pageSize, perSecond, KandjiTimeouts.DEFAULT))
                .isInstanceOf(FailureException.class)
                .hasMessageStartingWith("KANDJI_" + words + ", but must be from 1 to ");
    }

    @Test
    void timeOutsArePositive() {
        assertThatThrownBy(() -> new KandjiTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("Time-outs must be positive: PT0S, PT1S");
    }
}
