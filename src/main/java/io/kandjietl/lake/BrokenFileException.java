package io.kandjietl.lake;

import java.io.IOException;

/** A file of the lake that is not what its name says: what would read it goes on when it was restored, or removed. */
final class BrokenFileException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenFileException(String path, Exception cause) {
        super(path + " can't be read as Parquet: " + cause.getMessage(), cause);
    }
}
