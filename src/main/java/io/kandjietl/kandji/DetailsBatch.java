package io.kandjietl.kandji;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for several devices' details.
 *
 * @param asked those that were asked for and answered, or that failed, in the order of the requests; fewer than wanted only
 *     where there is a reason to stop
 * @param stop why asking is to stop; null while it may go on
 * @param waitUntil where it is to stop for a while only, until when; else null
 */
public record DetailsBatch(
        List<AskedDetails> asked,
        @Nullable DetailsStop stop,
        @Nullable Instant waitUntil) {

    /** Copies the list. */
    public DetailsBatch {
        asked = List.copyOf(asked);
    }
}
