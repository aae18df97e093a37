package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreLakeIntegrationTests {

    private static final String DEVICES = "devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String ASSIGNMENTS = "assignments/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String MANIFEST = "_manifests/tenant=acme/20261123T120000Z.json";
    private static final String LATEST = "_manifests/tenant=acme/_latest.json";

    @TempDir
    Path root;

    @Test
    void objectsAppearUnderTheirNamesAfterTheFenceWasAsked() {
        List<String> seen = new ArrayList<>();
        try (LakeSnapshot snapshot = begin(() -> seen.add(String.join(" ", files())))) {
            snapshot.devices().append(SampleRows.full("d1"));
            snapshot.devices().seal();
            snapshot.assignments().seal();
            snapshot.publish();
        }

        assertThat(seen)
                .containsExactly(
                        "", DEVICES, ASSIGNMENTS + " " + DEVICES, MANIFEST + " " + ASSIGNMENTS + " " + DEVICES);
        assertThat(files()).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
    }

    @Test
    void anAbandonedUploadNeverAppears() {
        try (LakeSnapshot snapshot = begin(() -> {})) {
            snapshot.devices().append(SampleRows.full("d1"));
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void aFenceThatThrowsLeavesTheObjectThatWasThere() throws IOException {
        try (LakeSnapshot snapshot = begin(() -> {})) {
            snapshot.devices().seal();
        }
        byte[] before = Files.readAllBytes(root.resolve(DEVICES));
        IllegalStateException lost = new IllegalStateException("the lease is lost");

        try (LakeSnapshot snapshot = begin(() -> {
            throw lost;
        })) {
            snapshot.devices().append(SampleRows.full("d1"));
            assertThatThrownBy(() -> snapshot.devices().seal()).isSameAs(lost);
        }

        assertThat(root.resolve(DEVICES)).hasBinaryContent(before);
    }

    private LakeSnapshot begin(Runnable beforeVisible) {
        LakeStore store = new HadoopLakeStore(fileSystem(), new org.apache.hadoop.fs.Path("file://" + root));
        return new LakeSnapshot(store, "s3a://bucket", new SnapshotPaths("acme", SampleRows.SLOT), 42, beforeVisible);
    }

    private static ObjectsAtClose fileSystem() {
        ObjectsAtClose files = new ObjectsAtClose();
        try {
            files.initialize(URI.create("file:///"), new Configuration(false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private List<String> files() {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
