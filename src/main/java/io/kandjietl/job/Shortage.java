package io.kandjietl.job;

import io.kandjietl.warehouse.RequestGrant;
import io.kandjietl.warehouse.SeenLimit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why no request may be made now, and until when.
 *
 * @param until the first moment at which there may be requests again
 * @param why what stands against it, as part of a sentence
 */
record Shortage(Instant until, String why) {

    static Shortage of(RequestGrant grant, int share) {
        Instant nextHour = grant.hour().plus(Duration.ofHours(1));
        Instant blocked = grant.blockedUntil();
        String spent = spent(grant, share);
        if (blocked == null) {
            return new Shortage(nextHour, spent == null ? used(grant, share) : spent);
        }
        return spent != null && nextHour.isAfter(blocked)
                ? new Shortage(nextHour, spent)
                : new Shortage(blocked, "Kandji asked not to be asked before " + blocked);
    }

    /** What is used up in the hour; null when nothing is. */
    private static @Nullable String spent(RequestGrant grant, int share) {
        SeenLimit seen = grant.seen();
        if (grant.grantedInHour() >= share) {
            return used(grant, share);
        }
        return seen == null || !grant.isLimitReached()
                ? null
                : used(grant, share) + ", but the tenant's integrations together had " + seen.remaining() + " of "
                        + seen.limit() + " left at " + seen.at() + ", and the last " + seen.reserve()
                        + " are for the others";
    }

    private static String used(RequestGrant grant, int share) {
        return grant.grantedInHour() + " of the share of " + share + " requests are used in the hour from "
                + grant.hour();
    }
}
