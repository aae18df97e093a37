package io.kandjietl.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a device's details were asked for, and what came of it.
 *
 * @param position the device's rank in the run's worklist
 * @param deviceId the device, lower case
 * @param triedAt when they were asked for, to the microsecond
 * @param told what the answer told; null when there was none, or none of this device
 */
public record TriedDetails(
        long position,
        String deviceId,
        Instant triedAt,
        @Nullable NormalizedDetails told) {}
