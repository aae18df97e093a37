package io.kandjietl.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a schedule asks for.
 *
 * @param slot the slot to run; null for the one that now is in
 * @param again whether to observe anew although the slot may be published: the run stands for this second
 * @param acceptRejects whether to publish however many records are rejected
 * @param fullDetails whether to ask for details however young they are, as far as the budget allows
 */
public record SyncRequest(@Nullable Slot slot, boolean again, boolean acceptRejects, boolean fullDetails) {

    /**
     * Checks what needs nothing but the time.
     *
     * @throws UsageException when the slot that is named lies in the future
     */
    public void checkNotAhead(Instant now) {
        if (slot != null && slot.instant().isAfter(now)) {
            throw new UsageException(
                    "Slot " + slot + " lies in the future: it is " + Slot.ofSecond(now) + " now",
                    "Leave --slot out, or wait for it");
        }
    }

    /** The scheduled one. */
    public static final SyncRequest REGULAR = new SyncRequest(null, false, false, false);
}
