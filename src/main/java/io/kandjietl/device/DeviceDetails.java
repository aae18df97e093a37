package io.kandjietl.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What only a details answer tells of a device. Null means that no answer has told it yet, or that it told nothing.
 * Names are those of the columns of {@code kandji.device}.
 *
 * @param udid the hardware's identifier: Macs answer it under this name, iPhones, iPads and Apple TVs under another
 * @param modelIdentifier for example {@code Mac14,2}
 * @param isSupervised whether the device is supervised
 * @param filevaultEnabled whether FileVault is on; null for all but Macs
 * @param detailsAsOf when the answer was given that these values come from; null before the first
 * @param detailsTriedAt when an answer was last asked for; null before the first, and after the device returned
 */
public record DeviceDetails(
        @Nullable String udid,
        @Nullable String modelIdentifier,
        @Nullable Boolean isSupervised,
        @Nullable Boolean filevaultEnabled,
        @Nullable Instant detailsAsOf,
        @Nullable Instant detailsTriedAt) {}
