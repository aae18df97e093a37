package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake in a real HDFS: a name node and a data node of this process. */
class HdfsLakeIntegrationTests {

    private static final String DEVICES = "devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String ASSIGNMENTS = "assignments/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet";
    private static final String MANIFEST = "_manifests/tenant=acme/20261123T120000Z.json";
    private static final String LATEST = "_manifests/tenant=acme/_latest.json";

    @TempDir
    static Path disk;

    private static MiniDFSCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown(true);
    }

    @Test
    void aSlotIsPublishedAndReadableAsOnALocalDisk(@TempDir Path local) throws Exception {
        String root = root("published");
        publish(root, SampleRows.SLOT);
        publish("file://" + local, SampleRows.SLOT);

        assertThat(files(root)).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
        for (String file : files(root)) {
            assertThat(read(root, file)).isEqualTo(Files.readAllBytes(local.resolve(file)));
        }
    }

    @Test
    void aSecondRunReplacesFilesAndWhatAKilledProcessLeft() throws IOException {
        String root = root("again");
        publish(root, SampleRows.SLOT);
        byte[] first = read(root, DEVICES);
        String left = "devices/tenant=acme/slot_date=2026-11-23/.20261123T120000Z.parquet.0c1d.inprogress";
        write(root, left, "half a file");
        write(root, DEVICES, "something else");

        publish(root, SampleRows.SLOT);

        assertThat(files(root)).containsExactly(MANIFEST, LATEST, ASSIGNMENTS, DEVICES);
        assertThat(read(root, DEVICES)).isEqualTo(first);
    }

    @Test
    void theLatestIsNeverSetBack() throws IOException {
        String root = root("back");
        publish(root, SampleRows.SLOT);
        byte[] latest = read(root, LATEST);

        publish(root, SampleRows.EARLIER);

        assertThat(read(root, LATEST)).isEqualTo(latest);
    }

    @Test
    void anAbandonedWriterLeavesNothing() throws IOException {
        String root = root("abandoned");
        try (LakeSnapshot snapshot = lake(root).begin("acme", SampleRows.SLOT, 42, () -> {})) {
            snapshot.devices().append(SampleRows.full("d1"));

            assertThat(files(root)).singleElement().asString().endsWith(".inprogress");
        }

        assertThat(files(root)).isEmpty();
    }

    @Test
    void aProbeLeavesNothing() throws IOException {
        String root = root("probed");

        assertThatCode(() -> lake(root).probe()).doesNotThrowAnyException();

        assertThat(files(root)).isEmpty();
    }

    @Test
    void aNameInTheWayIsSaid() throws IOException {
        String root = root("in-the-way");
        write(root, "devices", "a file");

        try (LakeSnapshot snapshot = lake(root).begin("acme", SampleRows.SLOT, 42, () -> {})) {
            assertThatThrownBy(() -> snapshot.devices().append(SampleRows.full("d1")))
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessage("Can't write " + DEVICES + " in the lake " + root
                            + ": /in-the-way/devices (is not a directory)");
        }
    }

    private static String root(String name) {
        return cluster.getURI() + "/" + name;
    }

    private static Lake lake(String root) {
        return Lake.at(LakeUri.parse(root));
    }

    private static void publish(String root, Instant slot) {
        try (LakeSnapshot snapshot = lake(root).begin("acme", slot, 42, () -> {})) {
            snapshot.devices().append(SampleRows.full("d1"));
            snapshot.devices().seal();
            snapshot.assignments().append(SampleRows.user("d1"));
            snapshot.assignments().seal();
            snapshot.publish();
        }
    }

    private static List<String> files(String root) throws IOException {
        List<String> files = new ArrayList<>();
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root);
        FileSystem hdfs = cluster.getFileSystem();
        hdfs.mkdirs(folder);
        RemoteIterator<LocatedFileStatus> listing = hdfs.listFiles(folder, true);
        while (listing.hasNext()) {
            files.add(URI.create(root)
                    .relativize(listing.next().getPath().toUri())
                    .toString());
        }
        return files.stream().sorted().toList();
    }

    private static byte[] read(String root, String file) throws IOException {
        try (InputStream in = cluster.getFileSystem().open(new org.apache.hadoop.fs.Path(root, file))) {
            return in.readAllBytes();
        }
    }

    private static void write(String root, String file, String content) throws IOException {
        try (var out = cluster.getFileSystem().create(new org.apache.hadoop.fs.Path(root, file), true)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }
}
