package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSnapshotsIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant TWO = Instant.parse("2026-11-23T14:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Lake lake;

    @BeforeEach
    void open() {
        lake = Lake.at(LakeUri.parse("file://" + folder));
    }

    @Test
    void aSlotCountsWhenAnyOfItsFilesIsThere() throws IOException {
        write("devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet");
        write("devices/tenant=acme/slot_date=2026-11-23/.20261123T140000Z.parquet.0f.inprogress");
        write("devices/tenant=acme/slot_date=2026-11-23/notes.parquet");
        write("devices/tenant=other/slot_date=2026-11-23/20261123T160000Z.parquet");
        write("assignments/tenant=acme/slot_date=2026-11-24/20261124T000000Z.parquet");
        write("_manifests/tenant=acme/20261123T140000Z.json");
        write("_manifests/tenant=acme/_latest.json");

        assertThat(slots()).containsExactly(NOON, TWO, NEXT_DAY);
    }

    @Test
    void aLakeThatIsNotThereHoldsNone() throws IOException {
        assertThat(slots()).isEmpty();
        assertThat(lake.forEachBefore("acme", Instant.MAX, (slot, remove) -> remove.run()))
                .isZero();
    }

    @Test
    void aSnapshotGoesWithItsManifestFirstAndItsDaysFolderLast() throws IOException {
        for (String slot : List.of("20261123T120000Z", "20261123T140000Z")) {
            write("devices/tenant=acme/slot_date=2026-11-23/" + slot + ".parquet");
            write("assignments/tenant=acme/slot_date=2026-11-23/" + slot + ".parquet");
            write("_manifests/tenant=acme/" + slot + ".json");
        }
        StoredSnapshots stored = new StoredSnapshots(new LocalLakeStore(folder), "acme");

        stored.remove(NOON);
        assertThat(files())
                .containsExactly(
                        "_manifests/tenant=acme/20261123T140000Z.json",
                        "assignments/tenant=acme/slot_date=2026-11-23/20261123T140000Z.parquet",
                        "devices/tenant=acme/slot_date=2026-11-23/20261123T140000Z.parquet");
        stored.remove(NOON);
        stored.remove(TWO);
        assertThat(files()).isEmpty();
        assertThat(folder.resolve("devices/tenant=acme/slot_date=2026-11-23")).doesNotExist();
        assertThat(folder.resolve("devices/tenant=acme")).exists();
    }

    @Test
    void theNewestAndTheOneThatLatestNamesStay() throws IOException {
        write("_manifests/tenant=acme/20261123T120000Z.json");
        Files.writeString(write("_manifests/tenant=acme/_latest.json"), "{\"slot\":\"2026-11-23T14:00:00Z\"}");
        write("_manifests/tenant=acme/20261123T140000Z.json");
        write("_manifests/tenant=acme/20261124T000000Z.json");
        List<Instant> removed = new ArrayList<>();

        long before = lake.forEachBefore("acme", Instant.parse("2030-01-01T00:00:00Z"), (slot, remove) -> {
            removed.add(slot);
            remove.run();
        });

        assertThat(before).isEqualTo(1);
        assertThat(removed).containsExactly(NOON);
        assertThat(slots()).containsExactly(TWO, NEXT_DAY);
        assertThat(lake.forEachBefore("acme", TWO, (slot, remove) -> removed.add(slot)))
                .as("a slot at the moment is not before it")
                .isZero();
    }

    private List<Instant> slots() throws IOException {
        return List.copyOf(new StoredSnapshots(new LocalLakeStore(folder), "acme").slots());
    }

    private Path write(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, "x");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
