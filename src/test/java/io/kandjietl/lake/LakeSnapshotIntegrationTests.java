package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.Chunk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LakeSnapshotIntegrationTests {

    private static final String DEVICES = "devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String ASSIGNMENTS = "assignments/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String MANIFEST = "_manifests/tenant=acme/20261123T120000Z.json";
    private static final String LATEST = "_manifests/tenant=acme/_latest.json";

    @TempDir
    Path root;

    @Test
    void aPublishedSlotIsTwoFilesAManifestAndTheLatest() throws IOException {
        String manifest = publish(SampleRows.SLOT);

        assertThat(manifest).isEqualTo(MANIFEST);
        assertThat(files()).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
        assertThat(root.resolve(LATEST)).hasSameBinaryContentAs(root.resolve(MANIFEST));
    }

    @Test
    void theManifestTellsWhatTheFilesAre() throws Exception {
        publish(SampleRows.SLOT);

        JsonNode manifest = JsonMapper.shared().readTree(Files.readAllBytes(root.resolve(MANIFEST)));
        assertThat(manifest.path("tenant").asString()).isEqualTo("acme");
        assertThat(manifest.path("run_id").asLong()).isEqualTo(42);
        assertThat(manifest.path("files")).hasSize(2);
        for (JsonNode file : manifest.path("files")) {
            Path path = root.resolve(file.path("path").asString());
            assertThat(file.path("bytes").asLong()).isEqualTo(Files.size(path));
            assertThat(file.path("sha256").asString()).isEqualTo(sha256(path));
            assertThat(DuckDb.query("select count(*) from '" + path + "'"))
                    .containsExactly(List.of(file.path("rows").asString()));
        }
    }

    @Test
    void nothingIsThereUnderItsNameBeforeItIsSealed() throws Exception {
        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().append(SampleRows.full("d1"));

            assertThat(files()).singleElement().asString().endsWith(".inprogress");
            assertThat(visible()).isEmpty();

            snapshot.devices().seal();

            assertThat(files()).containsExactly(DEVICES);
        }
    }

    @Test
    void anAbandonedSnapshotLeavesNothing() throws IOException {
        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().append(SampleRows.full("d1"));
            snapshot.assignments().append(SampleRows.user("d1"));
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void closingPublishesNothingThatWasNotPublished() throws IOException {
        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().append(SampleRows.full("d1"));
            snapshot.devices().seal();
            snapshot.assignments().append(SampleRows.user("d1"));
        }

        assertThat(files()).containsExactly(DEVICES);
    }

    @Test
    void aSecondRunOfTheSlotOverwritesWithTheSameBytes() throws IOException {
        publish(SampleRows.SLOT);
        List<String> first = contents();
        Files.writeString(root.resolve(DEVICES), "something else");

        publish(SampleRows.SLOT);

        assertThat(contents()).isEqualTo(first);
    }

    @Test
    void theFenceIsAskedJustBeforeEachFileAppears() {
        List<String> seen = new ArrayList<>();
        try (LakeSnapshot snapshot =
                Lake.at(uri(root)).begin("acme", SampleRows.SLOT, 42, () -> seen.add(String.join(" ", visible())))) {
            snapshot.devices().seal();
            snapshot.assignments().seal();
            snapshot.publish();
        }

        assertThat(seen)
                .containsExactly(
                        "", DEVICES, ASSIGNMENTS + " " + DEVICES, MANIFEST + " " + ASSIGNMENTS + " " + DEVICES);
    }

    @Test
    void aFenceThatThrowsLeavesWhatWasThereBefore() throws IOException {
        publish(SampleRows.EARLIER);
        publish(SampleRows.SLOT);
        List<String> before = contents();
        IllegalStateException lost = new IllegalStateException("the lease is lost");

        try (LakeSnapshot snapshot = Lake.at(uri(root)).begin("acme", SampleRows.SLOT, 43, () -> {
            throw lost;
        })) {
            assertThatThrownBy(() -> snapshot.devices().seal()).isSameAs(lost);
            assertThatThrownBy(() -> snapshot.devices().seal())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The writer of " + DEVICES + " is closed");
        }

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aFenceThatThrowsBeforeTheManifestLeavesNone() throws IOException {
        IllegalStateException lost = new IllegalStateException("the lease is lost");
        List<String> checks = new ArrayList<>();

        try (LakeSnapshot snapshot = Lake.at(uri(root)).begin("acme", SampleRows.SLOT, 42, () -> {
            checks.add("check");
            if (checks.size() > 2) {
                throw lost;
            }
        })) {
            snapshot.devices().seal();
            snapshot.assignments().seal();
            assertThatThrownBy(snapshot::publish).isSameAs(lost);
        }

        assertThat(files()).containsExactly(ASSIGNMENTS, DEVICES);
    }

    @Test
    void theManifestComesAfterBothFiles() throws IOException {
        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().seal();

            assertThatThrownBy(snapshot::publish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The manifest comes after both files are sealed");
        }

        assertThat(visible()).containsExactly(DEVICES);
    }

    @Test
    void theLatestIsNeverSetBack() throws IOException {
        publish(SampleRows.SLOT);
        byte[] latest = Files.readAllBytes(root.resolve(LATEST));

        String older = publish(SampleRows.EARLIER);

        assertThat(root.resolve(older)).exists();
        assertThat(root.resolve(LATEST)).hasBinaryContent(latest);
    }

    @Test
    void theLatestGoesForward() throws IOException {
        publish(SampleRows.EARLIER);
        publish(SampleRows.SLOT);

        assertThat(root.resolve(LATEST)).hasSameBinaryContentAs(root.resolve(MANIFEST));
    }

    @Test
    void aLatestThatCantBeReadIsReplaced() throws IOException {
        Files.createDirectories(root.resolve(LATEST).resolveSibling(""));
        Files.writeString(root.resolve(LATEST), "{\"slot\": \"2099-");

        publish(SampleRows.SLOT);

        assertThat(root.resolve(LATEST)).hasSameBinaryContentAs(root.resolve(MANIFEST));
    }

    @Test
    void tenantsShareALake() throws IOException, SQLException {
        publish(SampleRows.SLOT);
        try (LakeSnapshot snapshot = Lake.at(uri(root)).begin("other.example", SampleRows.SLOT, 7, () -> {})) {
            fill(snapshot);
        }

        assertThat(DuckDb.query("select tenant, count(*) from read_parquet('" + root
                        + "/devices/*/*/*.parquet', hive_partitioning = true) group by all order by all"))
                .containsExactly(List.of("acme", "1"), List.of("other.example", "1"));
    }

    @Test
    void aFolderThatIsAFileIsSaid() throws IOException {
        Path file = Files.writeString(root.resolve("lake"), "a file");

        try (LakeSnapshot snapshot = Lake.at(uri(file)).begin("acme", SampleRows.SLOT, 42, () -> {})) {
            assertThatThrownBy(() -> snapshot.devices().append(SampleRows.full("d1")))
                    .isInstanceOfSatisfying(
                            LakeUnwritableException.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.LAKE_UNWRITABLE))
                    .hasMessage("Can't write " + DEVICES + " in the lake file://" + file + ": Not a directory: " + file
                            + "/devices");
        }
    }

    @Test
    void aNameThatIsAFolderIsSaidAndLeavesNothing() throws IOException {
        Files.createDirectories(root.resolve(DEVICES).resolve("in-the-way"));

        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().append(SampleRows.full("d1"));
            assertThatThrownBy(() -> snapshot.devices().seal())
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessageStartingWith("Can't write " + DEVICES + " in the lake file://" + root + ": ");
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void aManifestThatCantBeWrittenIsSaid() throws IOException {
        Files.writeString(root.resolve("_manifests"), "a file");

        try (LakeSnapshot snapshot = begin(SampleRows.SLOT)) {
            snapshot.devices().seal();
            snapshot.assignments().seal();
            assertThatThrownBy(snapshot::publish)
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessageStartingWith(
                            "Can't write " + MANIFEST + " in the lake file://" + root + ": Not a directory: ");
        }
    }

    private String publish(Instant slot) {
        try (LakeSnapshot snapshot = begin(slot)) {
            return fill(snapshot);
        }
    }

    private static String fill(LakeSnapshot snapshot) {
        snapshot.devices().write(Chunk.of(SampleRows.full("d1")));
        snapshot.devices().seal();
        snapshot.assignments().write(Chunk.of(SampleRows.user("d1"), SampleRows.account("d1")));
        snapshot.assignments().seal();
        return snapshot.publish();
    }

    private LakeSnapshot begin(Instant slot) {
        return Lake.at(uri(root)).begin("acme", slot, 42, () -> {});
    }

    private static LakeUri uri(Path folder) {
        return new LakeUri(URI.create("file://" + folder));
    }

    private List<String> visible() {
        return files().stream().filter(file -> !file.contains("/.")).toList();
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

    private List<String> contents() throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        for (String file : files()) {
            contents.put(file, sha256(root.resolve(file)));
        }
        return contents.entrySet().stream().map(Object::toString).toList();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
