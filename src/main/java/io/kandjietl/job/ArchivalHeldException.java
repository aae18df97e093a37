package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.util.Locale;

/** A run is published, but the guard held the archiving of devices back until a person looks at them. */
public final class ArchivalHeldException extends FailureException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param devices how many devices were held back
     * @param why in words
     */
    ArchivalHeldException(Slot slot, long devices, String why) {
        super(
                ExitCode.ARCHIVAL_HELD,
                String.format(
                        Locale.ROOT,
                        "Slot %s is published, but the archiving of %,d devices was held back: %s",
                        slot,
                        devices,
                        why),
                "See whether the devices in kandji.held_archival are gone in earnest, and whether the right tenant is asked; if so: "
                        + "`accept-archival --slot " + slot
                        + "`, and the next run archives those that it can confirm. The limits"
                        + " are KANDJI_GUARD_MAX_ARCHIVED_PERCENT and KANDJI_GUARD_MAX_ARCHIVED_DEVICES",
                null);
    }
}
