package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenTests {

    @Test
    void whiteSpaceAroundATokenIsDropped() {
        assertThat(ApiToken.of(" \tabc-1\r\n").authorization()).isEqualTo("Bearer abc-1");
    }

    @Test
    void aTokenIsNeverShown() {
        assertThat(ApiToken.of("abc-1")).hasToString("ApiToken[hidden]");
        assertThat(ApiToken.of("a.c").redact("abc a.c A.C x")).isEqualTo("abc [token] [token] x");
    }

    @Test
    void anExceptionThatTellsItIsRecognized() {
        ApiToken token = ApiToken.of("abc-1");
        assertThat(token.isToldBy(new IllegalStateException("outer", new IllegalStateException("x ABC-1 y"))))
                .isTrue();
        assertThat(token.isToldBy(new IllegalStateException("outer", new IllegalStateException())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void aBlankTokenIsWrongConfiguration(String text) {
        FailureException e = catchThrowableOfType(FailureException.class, () -> ApiToken.of(text));
        assertThat(e).hasMessage("Invalid API token: it is blank");
        assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(e.remedy()).contains("KANDJI_API_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret part", "secret\npart", "secret\u0000part", "secretépart"})
    void aTokenThatFitsNoHeaderIsRefusedWithoutShowingIt(String text) {
        FailureException e = catchThrowableOfType(FailureException.class, () -> ApiToken.of(text));
        assertThat(e)
                .hasMessage("Invalid API token: it holds a space, a line break or another character that no token has,"
                        + " or is longer than 1024 characters");
        assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(catchThrowableOfType(FailureException.class, () -> ApiToken.of("s".repeat(1025))))
                .isNotNull();
    }
}
