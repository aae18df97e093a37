package io.kandjietl.lake;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file beside its final name in HDFS, renamed over it, in one operation of the name node, once it is whole. */
final class HdfsPendingFile implements PendingFile {

    private static final Logger log = LoggerFactory.getLogger(HdfsPendingFile.class);

    private final DistributedFileSystem files;
    private final Path temporary;
    private final Path target;
    private final FSDataOutputStream stream;

    HdfsPendingFile(DistributedFileSystem files, Path temporary, Path target) throws IOException {
        this.files = files;
        this.temporary = temporary;
        this.target = target;
        this.stream = files.create(temporary, false);
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        stream.hsync();
        stream.close();
    }

    @Override
    public void publish() throws IOException {
        files.rename(temporary, target, Rename.OVERWRITE);
    }

    @Override
    public void abandon() {
        try {
            stream.close();
        } catch (IOException e) {
            log.debug("{} could not be closed: {}", temporary, e.toString());
        }
        try {
            files.delete(temporary, false);
        } catch (IOException e) {
            log.warn("{} could not be removed, the next run does it: {}", temporary, e.toString());
        }
    }
}
