package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of lake does. Each test has a folder of its own. */
abstract class LakeContract {

    static final String DEVICES = "devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    static final String DEVICES_OF_ANOTHER_DAY = "devices/tenant=acme/slot_date=2026-11-21/20261121T120000Z.parquet";
    static final String ASSIGNMENTS = "assignments/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    static final String MANIFEST = "_manifests/tenant=acme/20261123T120000Z.json";
    static final String LATEST = "_manifests/tenant=acme/_latest.json";

    @TempDir
    private Path local;

    private String folder = "";

    @BeforeEach
    void chooseFolder(TestInfo test) {
        folder = test.getTestMethod().orElseThrow().getName();
    }

    /** Where the lake of a test is. */
    abstract String root(String name);

    /** How it is reached. */
    S3Settings s3() {
        return S3Settings.STANDARD;
    }

    /** Everything that a reader can find in it, what is hidden included, as hexadecimal digits by name. */
    abstract SortedMap<String, String> files(String name) throws IOException;

    /** Leaves behind what a process leaves that is killed while it writes a file. */
    abstract void leaveUnfinished(String name, String path) throws IOException;

    /** What killed processes left that takes up room, wherever it is. */
    abstract List<String> unfinished(String name) throws IOException;

    final Lake lake() {
        return Lake.at(LakeUri.parse(root(folder)), s3());
    }

    final LakeStore store() throws IOException {
        return LakeStore.open(java.net.URI.create(root(folder)), s3());
    }

    final String folder() {
        return folder;
    }

    final SortedMap<String, String> files() throws IOException {
        return files(folder);
    }

    private void publish(Instant slot) {
        publish(lake(), slot, () -> {});
    }

    static void publish(Lake lake, Instant slot, Runnable beforeVisible) {
        try (LakeSnapshot snapshot = lake.begin("acme", slot, 42, beforeVisible)) {
            snapshot.removeUnfinished();
            snapshot.devices().append(SampleRows.full("d1"));
            snapshot.devices().seal();
            snapshot.assignments().append(SampleRows.user("d1"));
            snapshot.assignments().seal();
            snapshot.publish();
        }
    }

    /** The files of a slot, as a lake on a local disk has them. */
    private SortedMap<String, String> expected() throws IOException {
        publish(Lake.at(LakeUri.parse("file://" + local)), SampleRows.SLOT, () -> {});
        return LocalLakeIntegrationTests.read(local);
    }

    @Test
    void aSlotHasTheSameBytesWhereverItIs() throws IOException {
        publish(SampleRows.SLOT);

        assertThat(files())
                .containsOnlyKeys(MANIFEST, LATEST, ASSIGNMENTS, DEVICES)
                .isEqualTo(expected());
    }

    @Test
    void filesAppearUnderTheirNamesOneAfterTheOtherAfterTheFenceWasAsked() throws IOException {
        List<List<String>> seen = new ArrayList<>();
        publish(lake(), SampleRows.SLOT, () -> seen.add(visible()));

        assertThat(seen)
                .containsExactly(
                        List.of(),
                        List.of(DEVICES),
                        List.of(ASSIGNMENTS, DEVICES),
                        List.of(MANIFEST, ASSIGNMENTS, DEVICES));
        assertThat(visible()).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
    }

    private List<String> visible() {
        try {
            return files().keySet().stream()
                    .filter(file -> !file.endsWith(".inprogress"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void brokenOffBeforeAnyOfItsFilesAppearsItIsWrittenWholeNextTime() throws IOException {
        for (int step = 0; step < 4; step++) {
            int last = step;
            int[] asked = new int[1];
            IllegalStateException lost = new IllegalStateException("the lease is lost");
            Runnable fence = () -> {
                if (asked[0]++ == last) {
                    throw lost;
                }
            };

            assertThatThrownBy(() -> publish(lake(), SampleRows.SLOT, fence)).isSameAs(lost);

            assertThat(files().keySet())
                    .as("after the fence held up file %d", step)
                    .isSubsetOf(List.of(DEVICES, ASSIGNMENTS, MANIFEST))
                    .hasSize(step);
            assertThat(unfinished(folder)).isEmpty();
        }
        publish(SampleRows.SLOT);

        assertThat(files()).isEqualTo(expected());
    }

    @Test
    void aFenceThatThrowsLeavesWhatWasThere() throws IOException {
        publish(SampleRows.SLOT);
        SortedMap<String, String> before = files();
        IllegalStateException lost = new IllegalStateException("the lease is lost");

        try (LakeSnapshot snapshot = lake().begin("acme", SampleRows.SLOT, 43, () -> {
            throw lost;
        })) {
            snapshot.devices().append(SampleRows.full("d2"));
            assertThatThrownBy(() -> snapshot.devices().seal()).isSameAs(lost);
        }

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aSecondRunReplacesFilesAndRemovesWhatAKilledProcessLeft() throws IOException {
        publish(SampleRows.SLOT);
        publish(Instant.parse("2026-11-21T12:00:00Z"));
        SortedMap<String, String> first = files();
        leaveUnfinished(folder, DEVICES);
        leaveUnfinished(folder, DEVICES_OF_ANOTHER_DAY);
        leaveUnfinished(folder, MANIFEST);
        try (LakeStore store = store()) {
            SmallFile.write(store, ASSIGNMENTS, "else".getBytes(StandardCharsets.UTF_8), () -> {});
        }
        assertThat(unfinished(folder)).hasSize(3);

        publish(SampleRows.SLOT);

        assertThat(files()).isEqualTo(first);
        assertThat(unfinished(folder)).isEmpty();
    }

    @Test
    void theLatestIsNeverSetBack() throws IOException {
        publish(SampleRows.SLOT);
        String latest = files().get(LATEST);

        publish(SampleRows.EARLIER);

        assertThat(files().get(LATEST)).isEqualTo(latest);
        assertThat(files()).hasSize(7);
    }

    @Test
    void anAbandonedWriterLeavesNothing() throws IOException {
        try (LakeSnapshot snapshot = lake().begin("acme", SampleRows.SLOT, 42, () -> {})) {
            snapshot.devices().append(SampleRows.full("d1"));

            assertThat(files()).doesNotContainKey(DEVICES);
        }

        assertThat(files()).isEmpty();
        assertThat(unfinished(folder)).isEmpty();
    }

    @Test
    void aProbeLeavesNothing() throws IOException {
        lake().probe();

        assertThat(files()).isEmpty();
    }

    @Test
    void aProbeLetsOthersWrite() throws IOException {
        publish(SampleRows.SLOT);
        leaveUnfinished(folder, DEVICES);
        leaveUnfinished(folder, "others.parquet");

        lake().probe();

        assertThat(unfinished(folder)).hasSize(2);
    }

    @Test
    void snapshotsAreFoundAndRemoved() throws IOException {
        publish(SampleRows.EARLIER);
        publish(SampleRows.SLOT);
        leaveUnfinished(folder, DEVICES);
        List<Instant> removed = new ArrayList<>();

        long found = lake().forEachBefore("acme", Instant.parse("2030-01-01T00:00:00Z"), (slot, remove) -> {
            removed.add(slot);
            remove.run();
            remove.run();
        });

        assertThat(found).isEqualTo(1);
        assertThat(removed).containsExactly(SampleRows.EARLIER);
        assertThat(visible()).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
        assertThat(lake().forEachBefore("other", Instant.parse("2030-01-01T00:00:00Z"), (slot, remove) -> {}))
                .isZero();
    }

    @Test
    void whatIsNotThereIsSaidAndNoError() throws IOException {
        try (LakeStore store = store()) {
            assertThat(store.read("_manifests/tenant=acme/none.json")).isEmpty();
            assertThat(store.list("devices/tenant=acme/")).isEmpty();
            store.delete("devices/none.parquet");
            store.deleteEmptyFolder("devices/tenant=acme/");
        }
    }

    @Test
    void aFileOfManyPartsIsWhole() throws IOException {
        byte[] content = new byte[20 << 20];
        new java.util.Random(7).nextBytes(content);
        try (LakeStore store = store()) {
            SmallFile.write(store, DEVICES, content, () -> {});
            try (var in = store.open(DEVICES)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
        assertThat(unfinished(folder)).isEmpty();
    }
}
