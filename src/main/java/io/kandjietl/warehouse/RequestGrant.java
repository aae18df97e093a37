package io.kandjietl.warehouse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger granted, and how the hour stands after it.
 *
 * @param hour the clock hour, UTC, that the grant is for: in another one it is worth nothing
 * @param requests how many requests may be made, from none to {@value RequestLedger#BLOCK}
 * @param grantedInHour how many were granted in the hour, these included, to all processes
 * @param seen what the tenant last told of its limit in the hour; null when it told nothing
 * @param blockedUntil until when nobody may ask the tenant; null when anybody may
 */
public record RequestGrant(
        Instant hour,
        int requests,
        long grantedInHour,
        @Nullable SeenLimit seen,
        @Nullable Instant blockedUntil) {

    /** Whether the tenant's limit, as it was last told, leaves nothing more in this hour. */
    public boolean isLimitReached() {
        return seen != null && grantedInHour >= seen.ceiling();
    }
}
