package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.support.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The lake in a real S3 server, which checks signatures. */
class S3LakeIntegrationTests extends LakeContract {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static S3Server server;

    @BeforeAll
    static void start(@TempDir Path disk) {
        server = S3Server.start(disk);
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    }

    @AfterAll
    static void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        server.close();
    }

    @Test
    void uploadsOfOthersInTheBucketAreLeftAlone() throws IOException {
        leaveUnfinished("others", "devices/tenant=acme/slot_date=2026-11-23/theirs.parquet");
        leaveUnfinished(folder(), "devices/tenant=other/slot_date=2026-11-23/20261123T120000Z.parquet");

        publish(lake(), SampleRows.SLOT, () -> {});

        assertThat(unfinished("others")).hasSize(1);
        assertThat(unfinished(folder())).hasSize(1);
    }

    @Test
    void aBucketThatIsNotThereIsSaid() {
        Lake lake = Lake.at(LakeUri.parse("s3a://no-such-bucket/lake"), s3());

        assertThatThrownBy(lake::probe)
                .isInstanceOf(LakeUnwritableException.class)
                .hasMessageStartingWith("Can't write in the lake s3a://no-such-bucket/lake: ")
                .hasMessageContaining("bucket")
                .hasMessageContaining("exist")
                .satisfies(failure -> assertThat(((LakeUnwritableException) failure).remedy())
                        .contains("KANDJI_LAKE_S3_", "AWS_ACCESS_KEY_ID"));
    }

    @Test
    void credentialsThatAreRefusedAreSaidAndNotShown() {
        System.setProperty("aws.secretAccessKey", "another-secret");
        try {
            assertThatThrownBy(() -> lake().probe())
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessageContaining("permission denied on ")
                    .hasMessageContaining("(SignatureDoesNotMatch, status 403)")
                    .hasMessageNotContaining("another-secret");
        } finally {
            System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        }
    }

    @Test
    void credentialsThatAreNowhereAreSaid() {
        System.clearProperty("aws.accessKeyId");
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            assertThatThrownBy(() -> lake().probe())
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessageEndingWith(": no credentials for S3 were found")
                    .satisfies(failure -> assertThat(((LakeUnwritableException) failure).remedy())
                            .contains("AWS_ACCESS_KEY_ID", "web identity"));
        } finally {
            System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsGivenUpSoon() {
        Lake lake = Lake.at(
                LakeUri.parse("s3a://bucket/lake"),
                new S3Settings(URI.create("http://127.0.0.1:1"), null, true, null, null));
        long begin = System.nanoTime();

        assertThatThrownBy(lake::probe)
                .isInstanceOf(LakeUnwritableException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThat(System.nanoTime() - begin).as("nanoseconds").isLessThan(60_000_000_000L);
    }

    @Test
    void anotherEngineReadsTheFiles(@TempDir Path local) throws Exception {
        publish(lake(), SampleRows.SLOT, () -> {});
        Path file = Files.write(local.resolve("devices.parquet"), HexFormat.of().parseHex(files().get(DEVICES)));

        assertThat(DuckDb.query("select device_id from '" + file + "'")).containsExactly(List.of("d1"));
    }

    @Override
    S3Settings s3() {
        return new S3Settings(URI.create("http://127.0.0.1:" + server.port()), null, true, null, null);
    }

    @Override
    String root(String name) {
        return "s3a://" + S3Server.BUCKET + "/" + name;
    }

    @Override
    SortedMap<String, String> files(String name) {
        return server.objects(name);
    }

    /** A part that was sent of an upload that nobody goes on with. */
    @Override
    void leaveUnfinished(String name, String path) {
        String key = name + "/" + path;
        String upload = server.client()
                .createMultipartUpload(create -> create.bucket(S3Server.BUCKET).key(key))
                .uploadId();
        server.client()
                .uploadPart(
                        part -> part.bucket(S3Server.BUCKET)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("half a file"));
    }

    @Override
    List<String> unfinished(String name) {
        return server.pendingUploads().stream()
                .filter(key -> key.startsWith(name + "/"))
                .toList();
    }
}
