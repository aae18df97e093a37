package io.kandjietl.lake;

import java.io.IOException;
import java.io.OutputStream;

/** A file on its way into the lake: nobody sees it under its name until it is published. */
interface PendingFile {

    /** Takes the content. The caller does not close it. */
    OutputStream stream();

    /** Brings all content to the store, as durably as it can without showing it. */
    void complete() throws IOException;

    /** Shows the completed file under its name, in place of what was there. Short: the fence is checked just before. */
    void publish() throws IOException;

    /** Gives up a file that was not published, and removes what there is of it as well as it can. Never throws. */
    void abandon();

    /**
     * Completes and publishes.
     *
     * @param beforeVisible checked between the two; what it throws leaves the file unpublished
     */
    default void seal(Runnable beforeVisible) throws IOException {
        complete();
        beforeVisible.run();
        publish();
    }
}
