package io.kandjietl.lake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/** A folder that behaves as Hadoop's S3 connector does: a file appears when its stream is closed, if not aborted. */
final class ObjectsAtClose extends RawLocalFileSystem {

    @Override
    public FSDataOutputStream create(
            org.apache.hadoop.fs.Path path,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            @Nullable Progressable progress)
            throws IOException {
        return new FSDataOutputStream(new Upload(pathToFile(path).toPath()), null);
    }

    private static final class Upload extends ByteArrayOutputStream implements Abortable {

        private final Path target;
        private boolean over;

        Upload(Path target) {
            this.target = target;
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                over = true;
                Files.createDirectories(target.resolveSibling(""));
                Files.write(target, toByteArray());
            }
        }

        @Override
        public AbortableResult abort() {
            boolean alreadyOver = over;
            over = true;
            return new AbortableResult() {
                @Override
                public boolean alreadyClosed() {
                    return alreadyOver;
                }

                @Override
                public @Nullable IOException anyCleanupException() {
                    return null;
                }
            };
        }
    }
}
