package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
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
class HdfsLakeIntegrationTests extends LakeContract {

    private static MiniDFSCluster cluster;

    @BeforeAll
    static void start(@TempDir Path disk) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown(true);
    }

    @Test
    void aNameInTheWayIsSaid() throws IOException {
        write(root(folder()), "devices");

        try (LakeSnapshot snapshot = lake().begin("acme", SampleRows.SLOT, 42, () -> {})) {
            assertThatThrownBy(() -> snapshot.devices().append(SampleRows.full("d1")))
                    .isInstanceOf(LakeUnwritableException.class)
                    .hasMessage("Can't write " + DEVICES + " in the lake " + root(folder()) + ": /" + folder()
                            + "/devices (is not a directory)");
        }
    }

    @Override
    String root(String name) {
        return cluster.getURI() + "/" + name;
    }

    @Override
    SortedMap<String, String> files(String name) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root(name));
        FileSystem hdfs = cluster.getFileSystem();
        hdfs.mkdirs(folder);
        RemoteIterator<LocatedFileStatus> listing = hdfs.listFiles(folder, true);
        while (listing.hasNext()) {
            org.apache.hadoop.fs.Path file = listing.next().getPath();
            try (InputStream in = hdfs.open(file)) {
                files.put(
                        URI.create(root(name)).relativize(file.toUri()).toString(),
                        HexFormat.of().formatHex(in.readAllBytes()));
            }
        }
        return files;
    }

    @Override
    void leaveUnfinished(String name, String path) throws IOException {
        int slash = path.lastIndexOf('/') + 1;
        write(
                root(name),
                path.substring(0, slash) + "." + path.substring(slash) + "." + UUID.randomUUID() + ".inprogress");
    }

    @Override
    List<String> unfinished(String name) throws IOException {
        return files(name).keySet().stream()
                .filter(file -> file.endsWith(".inprogress"))
                .toList();
    }

    private static void write(String root, String file) throws IOException {
        try (var out = cluster.getFileSystem().create(new org.apache.hadoop.fs.Path(root, file), true)) {
            out.write("half a file".getBytes(StandardCharsets.UTF_8));
        }
    }
}
