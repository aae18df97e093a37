package io.kandjietl.job;

import org.jspecify.annotations.Nullable;

/**
 * What a person or a schedule asks for.
 *
 * @param slot the slot to run; null for the one that now is in
 * @param again whether to observe anew although the slot may be published: the run stands for this second
 * @param acceptRejects whether to publish however many records are rejected
 */
public record SyncRequest(@Nullable Slot slot, boolean again, boolean acceptRejects) {

    /** The scheduled one. */
    public static final SyncRequest REGULAR = new SyncRequest(null, false, false);
}
