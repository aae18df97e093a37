package io.kandjietl.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the warehouse knows of a device's coming and going. Names are those of the columns of {@code kandji.device}.
 *
 * @param status {@code active} or {@code archived}
 * @param archivedReason {@code removed} (the tenant said so) or {@code gone} (its absence was confirmed); null while
 *     active
 * @param archivedAt the slot that archived it; null while active
 * @param absentSinceSlot the first slot whose listing did not show it, as long as that is so; else null
 * @param unlisted whether the tenant knows it although the listing does not show it
 * @param firstSeenSlot the first slot that showed it
 * @param lastSeenSlot the last slot whose listing showed it
 * @param changedSlot the last slot at which a tracked column changed
 */
public record Lifecycle(
        String status,
        @Nullable String archivedReason,
        @Nullable Instant archivedAt,
        @Nullable Instant absentSinceSlot,
        boolean unlisted,
        Instant firstSeenSlot,
        Instant lastSeenSlot,
        Instant changedSlot) {}
