package io.kandjietl.device;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That a device's details were asked for, and what came of it.
 *
 * @param position when it was asked for in its run, in relation to others
 * @param deviceId the device, lower case
 * @param triedAt when they were asked for, to the microsecond
 * @param verdict whether the tenant knows the device; null when it did not say
 * @param told what the answer told; null when there was none, or none of this device
 */
public record TriedDetails(
        long position,
        String deviceId,
        Instant triedAt,
        @Nullable Verdict verdict,
        @Nullable NormalizedDetails told) {

    /** Whether the tenant knows a device. */
    public enum Verdict {
        /** It answered for it. */
        THERE,
        /** It says that there is no such device. */
        UNKNOWN;

        /** As tables have it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
