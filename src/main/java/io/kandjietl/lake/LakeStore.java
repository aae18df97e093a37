package io.kandjietl.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.io.InputFile;

/**
 * A file system as the lake needs it. Paths are relative to its root, with slashes. Not for several threads, and one
 * process at a time in the folders of one tenant: the lease sees to that.
 */
interface LakeStore extends AutoCloseable {

    /** More than any manifest has. */
    int MAX_READ = 1 << 20;

    /**
     * Opens the store that a URI names. It need not be reachable yet.
     *
     * @throws IOException when its host is unknown
     */
    static LakeStore open(URI root, S3Settings s3) throws IOException {
        return root.getScheme().equals(LakeUri.FILE)
                ? new LocalLakeStore(Path.of(root))
                : HadoopLakeStore.open(root, s3);
    }

    /** Begins a file; makes its folder where it is missing. */
    PendingFile create(String path) throws IOException;

    /**
     * Removes what killed processes left below a folder: files that got no name, uploads that nobody ends. Only for the one who
     * may write there: what another process is writing goes, too.
     */
    void removeUnfinished(String folder) throws IOException;

    /**
     * Opens a file to be read.
     *
     * @throws FileNotFoundException or {@link NoSuchFileException} when there is none
     */
    InputStream open(String path) throws IOException;

    /**
     * A file for Parquet to read, which asks for parts of it.
     *
     * @throws FileNotFoundException or {@link NoSuchFileException} when there is none
     */
    InputFile input(String path) throws IOException;

    /**
     * The names of the files and folders directly in a folder, in no order, what dead processes left included.
     *
     * @return empty when there is no such folder
     */
    List<String> list(String folder) throws IOException;

    /** Removes a file, if it is there. */
    void delete(String path) throws IOException;

    /** Removes a folder, if it is there and empty, where folders exist without files. */
    void deleteEmptyFolder(String folder) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * What a small file holds.
     *
     * @return empty when there is no such file
     * @throws IOException when it can't be read, or is larger than {@link #MAX_READ}
     */
    default Optional<byte[]> read(String path) throws IOException {
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes(MAX_READ + 1);
            if (bytes.length > MAX_READ) {
                throw new IOException(path + " is larger than " + MAX_READ + " bytes");
            }
            return Optional.of(bytes);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
