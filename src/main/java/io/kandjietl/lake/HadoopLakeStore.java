package io.kandjietl.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HDFS, or S3 through Hadoop's connector. */
final class HadoopLakeStore implements LakeStore {

    private static final Logger log = LoggerFactory.getLogger(HadoopLakeStore.class);

    private final FileSystem files;
    private final Path root;

    /** Makes the store, which closes the file system in the end. */
    HadoopLakeStore(FileSystem files, Path root) {
        this.files = files;
        this.root = root;
    }

    static LakeStore open(URI root, S3Settings s3) throws IOException {
        Configuration configuration = configuration();
        if (root.getScheme().equals(LakeUri.S3A)) {
            S3Configuration.add(s3, configuration);
        }
        return open(root, configuration);
    }

    static LakeStore open(URI root, Configuration configuration) throws IOException {
        try {
            FileSystem files = FileSystem.newInstance(root, configuration, user(configuration));
            return new HadoopLakeStore(files, new Path(root));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IllegalArgumentException e) {
            // How the HDFS client says that a name node's name can't be resolved.
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw e;
        }
    }

    private static String implementation(String scheme) {
        return switch (scheme) {
            case LakeUri.HDFS -> "org.apache.hadoop.hdfs.DistributedFileSystem";
            case LakeUri.S3A -> "org.apache.hadoop.fs.s3a.S3AFileSystem";
            default -> throw new IllegalArgumentException("No store for the scheme " + scheme);
        };
    }

    /**
     * What is needed and nothing else, but for what a site says in the folder that {@code HADOOP_CONF_DIR} names, as
     * Hadoop's own programs take it. A name node that does not answer is given up after a minute, not after fifteen.
     */
    static Configuration configuration() {
        Configuration configuration = new Configuration(false);
        String site = System.getenv("HADOOP_CONF_DIR");
        if (site != null && !site.isBlank()) {
            configuration.addResource(new Path("file://" + site + "/core-site.xml"));
            configuration.addResource(new Path("file://" + site + "/hdfs-site.xml"));
        }
        for (String scheme : new String[] {LakeUri.HDFS, LakeUri.S3A}) {
            configuration.set("fs." + scheme + ".impl", implementation(scheme));
        }
        configuration.setIfUnset("ipc.client.connect.max.retries.on.timeouts", "2");
        return configuration;
    }

    /**
     * Who writes: named here because Hadoop's own login asks the system for the process's user, and fails in a pod
     * whose user id has no name. With Kerberos the login is Hadoop's (null).
     */
    private static @Nullable String user(Configuration configuration) {
        if (!configuration.get("hadoop.security.authentication", "simple").equals("simple")) {
            UserGroupInformation.setConfiguration(configuration);
            return null;
        }
        return Optional.ofNullable(System.getenv("HADOOP_USER_NAME"))
                .or(() -> Optional.ofNullable(System.getProperty("user.name")))
                .filter(name -> !name.isBlank() && !name.equals("?"))
                .orElse("kandji-etl");
    }

    @Override
    public PendingFile create(String path) throws IOException {
        Path target = new Path(root, path);
        if (!(files instanceof DistributedFileSystem hdfs)) {
            return new ObjectPendingFile(files.create(target, true));
        }
        Path folder = target.getParent();
        hdfs.mkdirs(folder);
        return new HdfsPendingFile(hdfs, new Path(folder, TemporaryName.of(target.getName())), target);
    }

    @Override
    public void removeUnfinished(String folder) throws IOException {
        Path below = new Path(root, folder);
        if (files instanceof S3AFileSystem s3) {
            abortUploads(s3, below);
        } else {
            deleteTemporary(below);
        }
    }

    /** What a killed process had begun to send costs money until somebody ends it. */
    private static void abortUploads(S3AFileSystem s3, Path folder) throws IOException {
        try {
            long aborted = s3.getS3AInternals().abortMultipartUploads(folder);
            if (aborted > 0) {
                log.info("Ended {} uploads below {} that a dead process had begun", aborted, folder);
            }
        } catch (IOException e) {
            if (!S3Answer.isDenied(e)) {
                throw e;
            }
            log.warn(
                    "Uploads below {} that a dead process may have begun can't be ended: {}. Allow"
                            + " s3:ListBucketMultipartUploads and s3:AbortMultipartUpload, or let a rule of the bucket"
                            + " end them",
                    folder,
                    e.toString());
        }
    }

    private void deleteTemporary(Path folder) throws IOException {
        try {
            RemoteIterator<LocatedFileStatus> listing = files.listFiles(folder, true);
            while (listing.hasNext()) {
                Path file = listing.next().getPath();
                if (TemporaryName.matches(file.getName())) {
                    files.delete(file, false);
                }
            }
        } catch (FileNotFoundException e) {
            // Nothing was written there yet.
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return files.open(new Path(root, path));
    }

    @Override
    public void delete(String path) throws IOException {
        files.delete(new Path(root, path), false);
    }

    @Override
    public InputFile input(String path) throws IOException {
        return new StoredInput(files, files.getFileStatus(new Path(root, path)));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            RemoteIterator<FileStatus> listing = files.listStatusIterator(new Path(root, folder));
            while (listing.hasNext()) {
                names.add(listing.next().getPath().getName());
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return names;
    }

    @Override
    public void deleteEmptyFolder(String folder) throws IOException {
        if (files instanceof DistributedFileSystem) {
            try {
                files.delete(new Path(root, folder), false);
            } catch (PathIsNotEmptyDirectoryException e) {
                // Other slots of the day are there.
            }
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Parquet's own opens another file system, by the scheme, with another configuration. */
    private record StoredInput(FileSystem files, FileStatus file) implements InputFile {

        @Override
        public long getLength() {
            return file.getLen();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(files.open(file.getPath()));
        }
    }
}
