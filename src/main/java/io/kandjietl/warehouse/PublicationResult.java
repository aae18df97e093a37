package io.kandjietl.warehouse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a publication ended well. */
public sealed interface PublicationResult {

    /**
     * The run's slot is the newest published one.
     *
     * @param devicesListed devices that the listing showed, rejected ones included
     * @param devicesChanged the new ones, and those with a change in a tracked column
     * @param held why the guard held the archiving of devices back, in words; null where it did not
     */
    record Published(
            long devicesListed,
            long devicesChanged,
            @Nullable String held) implements PublicationResult {}

    /** The run had been published before: a restart has nothing to do. */
    record AlreadyPublished() implements PublicationResult {}

    /**
     * A newer slot is published: older never overwrites newer, and nothing was changed.
     *
     * @param newest the newest published slot
     */
    record Superseded(Instant newest) implements PublicationResult {}
}
