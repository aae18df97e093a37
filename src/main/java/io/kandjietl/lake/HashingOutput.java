package io.kandjietl.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Counts and hashes what goes into a file, so that it need not be read again. Closing does nothing: Parquet closes its
 * output, and a file becomes visible elsewhere.
 */
final class HashingOutput extends PositionOutputStream {

    private final OutputStream target;
    private final MessageDigest digest = sha256();
    private long position;
    private boolean discarding;

    HashingOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!discarding) {
            target.write(bytes, offset, length);
            digest.update(bytes, offset, length);
        }
        position += length;
    }

    /** From now on drops what is written: what Parquet still writes when it frees its buffers. */
    void discard() {
        discarding = true;
    }

    /** The hash of what was written so far. Once only. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
