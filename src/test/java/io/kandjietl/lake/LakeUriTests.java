package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeUriTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///var/lib/kandji-lake",
                "file:/var/lib/kandji-lake",
                "file:///my%20lake",
                "hdfs://namenode:8020/lake",
                "hdfs://nameservice/lake",
                "s3a://bucket",
                "s3a://my_bucket/lake/kandji"
            })
    void aFolderIsTakenAsItIs(String text) {
        LakeUri uri = LakeUri.parse(text);

        assertThat(uri).hasToString(text);
        assertThat(uri.isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"file:///var/lake/, file:///var/lake", "s3a://bucket/, s3a://bucket", "hdfs://nn/lake//, hdfs://nn/lake"
    })
    void aSlashAtTheEndMakesNoDifference(String text, String same) {
        assertThat(LakeUri.parse(text)).isEqualTo(LakeUri.parse(same));
    }

    @Test
    void noneIsNoLake() {
        assertThat(LakeUri.parse("none")).isEqualTo(LakeUri.NONE).hasToString("none");
        assertThat(LakeUri.NONE.isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/var/lib/lake | '/var/lib/lake' has no scheme | For a folder of this machine write file:///var/lib/lake",
                "lake | 'lake' has no scheme | Write file:///FOLDER",
                "\"\" | '' has no scheme | Write file:///FOLDER",
                "None | 'None' has no scheme | or none for PostgreSQL alone",
                "s3://bucket/lake | has the scheme s3, which is another one | Write s3a://bucket/lake",
                "s3n://bucket/lake | has the scheme s3n, which is another one | Write s3a://bucket/lake",
                "gs://bucket/lake | has the scheme gs, which no lake has | s3a://BUCKET/FOLDER",
                "file:lake | 'file:lake' is no absolute path | Write the whole path after file://",
                "s3a:bucket/lake | is no absolute path | Write the whole path after s3a://",
                "file:/// | is the root of the disk | Name a folder",
                "file://var/lake | names a host, 'var', not a folder | A file URI has three slashes: file:///var/lake",
                "file:///var/../lake | has a '.', a '..' or an empty name in its path | Write the path without",
                "file:///var//lake | has a '.', a '..' or an empty name in its path | Write the path without",
                "hdfs:///lake | names no name node | hdfs://NAMENODE/FOLDER",
                "s3a:///lake | names no bucket | s3a://BUCKET/FOLDER",
                "s3a://bucket/lake?x=1 | has a ? or a # in it | a folder's URI ends with its path",
                "file:///my lake | is none: Illegal character in path at position 10 | A space is %20",
                "file:// | is none: Expected authority at position 7 | Write file:///FOLDER"
            })
    void anythingElseSaysWhatToWriteInstead(String text, String message, String remedy) {
        assertThatThrownBy(() -> LakeUri.parse(text)).isInstanceOfSatisfying(FailureException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a://AKIA:secret@bucket/lake",
                "s3a://AKIA:sec/ret-secret@bucket/lake",
                "s3://AKIA:secret@bucket/lake",
                "s3a:AKIA:secret@bucket/lake",
                "hdfs://secret@namenode/lake"
            })
    void credentialsAreRefusedAndNotTold(String text) {
        assertThatThrownBy(() -> LakeUri.parse(text))
                .hasMessage("The lake's URI holds a user or credentials")
                .isInstanceOfSatisfying(
                        FailureException.class,
                        failure -> assertThat(failure.remedy())
                                .contains("Leave out what stands before the @")
                                .doesNotContain("secret"));
    }
}
