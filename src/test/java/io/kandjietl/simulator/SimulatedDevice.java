package io.kandjietl.simulator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device of a {@link SimulatedFleet} at an instant: what is true of it, before the API spells it. Null is what the API
 * shows as a blank, a null or no field at all. Instants are as exact as the row's spelling of them.
 *
 * @param key what its lasting traits are drawn from
 * @param deviceId as the tenant spells it: lower case, upper case now and then, always the same for a device
 * @param platform as the API spells it
 * @param model the marketing name
 * @param modelIdentifier in details only
 * @param osVersion for example {@code 14.4.1}
 * @param osBuild for example {@code 23E224}
 * @param osVersionExtra for example {@code (a)}
 * @param lastCheckIn null when it never checked in
 * @param user the assigned user
 * @param tags null in a row of the older kind, which has none
 * @param olderRow whether the row is of the older kind, without tags, lost mode and supplemental versions
 * @param bad what is wrong with the row; null when nothing is
 */
public record SimulatedDevice(
        long key,
        String deviceId,
        String deviceName,
        @Nullable String serialNumber,
        String platform,
        String model,
        String modelIdentifier,
        String osVersion,
        @Nullable String osBuild,
        @Nullable String osVersionExtra,
        @Nullable Instant lastCheckIn,
        @Nullable Person user,
        @Nullable String assetTag,
        String blueprintId,
        String blueprintName,
        boolean mdmEnabled,
        boolean agentInstalled,
        boolean missing,
        boolean removed,
        @Nullable String agentVersion,
        Instant firstEnrollment,
        @Nullable Instant lastEnrollment,
        @Nullable String lostModeStatus,
        @Nullable List<String> tags,
        boolean olderRow,
        @Nullable BadRecord bad) {}
