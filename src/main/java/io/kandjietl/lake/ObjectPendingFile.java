package io.kandjietl.lake;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;

/** An object in S3, written to its own name: it appears when the stream is closed, and never if that is aborted. */
final class ObjectPendingFile implements PendingFile {

    private final FSDataOutputStream stream;

    ObjectPendingFile(FSDataOutputStream stream) {
        this.stream = stream;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        stream.flush();
    }

    @Override
    public void publish() throws IOException {
        stream.close();
    }

    /** Does nothing to a stream whose closing has begun: then it is not known whether the object is there. */
    @Override
    public void abandon() {
        stream.abort();
    }
}
