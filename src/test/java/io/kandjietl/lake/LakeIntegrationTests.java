package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeIntegrationTests {

    @TempDir
    Path root;

    @Test
    void aProbeLeavesNothing() {
        Path folder = root.resolve("not/there/yet");

        assertThatCode(() -> lake(folder).probe()).doesNotThrowAnyException();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aProbeSaysWhyTheLakeCantBeWritten() throws IOException {
        Path file = Files.writeString(root.resolve("lake"), "a file");

        assertThatThrownBy(() -> lake(file.resolve("below")).probe())
                .hasMessage("Can't write in the lake file://" + file + "/below: Not a directory: " + file + "/below")
                .isInstanceOfSatisfying(LakeUnwritableException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.LAKE_UNWRITABLE);
                    assertThat(failure.remedy())
                            .isEqualTo("Mend LAKE_URI, or the rights, the room and the connection that it needs,"
                                    + " then run the same command again");
                });
    }

    @Test
    void beginningTouchesNothing() {
        lake(root.resolve("lake")).begin("acme", SampleRows.SLOT, 42, () -> {}).close();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void thereIsNoLakeAtNone() {
        assertThatThrownBy(() -> Lake.at(LakeUri.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no lake");
    }

    private static Lake lake(Path folder) {
        return Lake.at(new LakeUri(URI.create("file://" + folder)));
    }
}
