package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.failure.ExitCode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LakeUnwritableExceptionTests {

    @ParameterizedTest
    @MethodSource("causes")
    void theMessageNamesTheFileAndTheReason(IOException cause, String reason) {
        LakeUnwritableException failure = LakeUnwritableException.publishing("file:///lake", "devices/x", cause);

        assertThat(failure)
                .hasMessage("Can't write devices/x in the lake file:///lake: " + reason)
                .hasCause(cause);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.LAKE_UNWRITABLE);
        assertThat(failure.remedy())
                .isEqualTo("Mend LAKE_URI, or the rights, the room and the connection that it needs,"
                        + " then run the same command again: the warehouse is published already");
    }

    static Arguments[] causes() {
        return new Arguments[] {
            Arguments.of(new AccessDeniedException("/lake/devices"), "permission denied on /lake/devices"),
            Arguments.of(new NoSuchFileException("/lake/x"), "no such file or folder: /lake/x"),
            Arguments.of(new FileSystemException("/lake/x", null, "Not a directory"), "Not a directory: /lake/x"),
            Arguments.of(new UnknownHostException("namenode"), "unknown host namenode"),
            Arguments.of(new ClosedByInterruptException(), "the run was interrupted"),
            Arguments.of(new IOException("No space left on device"), "No space left on device"),
            Arguments.of(new IOException((String) null), "IOException"),
            Arguments.of(
                    new IOException("Call to nn:8020 failed: Connection refused; For more details see:  http://wiki"),
                    "Call to nn:8020 failed: Connection refused"),
            Arguments.of(new IOException("Permission denied: user=x\n\tat Server.java"), "Permission denied: user=x")
        };
    }
}
