package io.kandjietl.lake;

import java.io.IOException;

/** A file whose content is in memory. */
final class SmallFile {

    private SmallFile() {}

    /**
     * Writes it whole or not at all.
     *
     * @param beforeVisible what it throws is passed on, and leaves nothing
     */
    static void write(LakeStore store, String path, byte[] content, Runnable beforeVisible) throws IOException {
        PendingFile file = store.create(path);
        boolean published = false;
        try {
            file.stream().write(content);
            file.seal(beforeVisible);
            published = true;
        } finally {
            if (!published) {
                file.abandon();
            }
        }
    }
}
