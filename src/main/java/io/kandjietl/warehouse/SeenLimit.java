package io.kandjietl.warehouse;

import java.time.Instant;

/**
 * What the tenant told of the limit that all of its integrations share, in one clock hour.
 *
 * @param requestsSeen how many of the requests that the ledger had granted in the hour were made by then
 * @param remaining requests that all integrations together had left in the hour
 * @param limit requests that they have in an hour
 * @param at when it told so
 */
public record SeenLimit(long requestsSeen, long remaining, long limit, Instant at) {

    /** What the others keep whatever happens: a tenth of the limit, rounded up. */
    public long reserve() {
        return (limit + 9) / 10;
    }

    /** How many requests the ledger may grant in the hour, those included that it has granted. */
    public long ceiling() {
        return requestsSeen + remaining - reserve();
    }
}
