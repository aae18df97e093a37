package io.kandjietl.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as one row of the listing shows it, normalized. Null means that the tenant gave no value: a blank, a null or
 * no field at all. Names are those of the columns of {@code kandji.device}.
 *
 * @param deviceId the tenant's id of the device, lower case
 * @param deviceName free text
 * @param serialNumber not unique: it may be shared, or missing
 * @param platform {@code Mac}, {@code iPhone}, {@code iPad}, {@code AppleTV}, {@code Windows}, {@code Android}, or
 *     whatever else the tenant says, as it spells it
 * @param model the marketing name
 * @param osVersion for example {@code 14.4.1} or {@code 24H2}
 * @param osBuild the supplemental build version, for example {@code 23E224}
 * @param osVersionExtra the supplemental version, for example {@code (a)}
 * @param assetTag free text
 * @param blueprintId id of the blueprint
 * @param blueprintName name of the blueprint
 * @param agentVersion version of the Kandji agent
 * @param mdmEnabled whether the device is under management
 * @param agentInstalled whether the agent is installed
 * @param isMissing whether the tenant has not heard of it for about 30 days
 * @param isRemoved whether the tenant says that it was removed
 * @param lostModeStatus as spelled by the tenant
 * @param tags sorted; null when the row carried none at all, which differs from an empty list
 * @param firstEnrolledAt to the microsecond
 * @param lastEnrolledAt to the microsecond
 * @param lastCheckIn to the microsecond; changes with almost every run and is no change of the device
 * @param extra a JSON object of the fields that have no column, keys sorted; null when there are none
 */
public record Device(
        String deviceId,
        @Nullable String deviceName,
        @Nullable String serialNumber,
        @Nullable String platform,
        @Nullable String model,
        @Nullable String osVersion,
        @Nullable String osBuild,
        @Nullable String osVersionExtra,
        @Nullable String assetTag,
        @Nullable String blueprintId,
        @Nullable String blueprintName,
        @Nullable String agentVersion,
        @Nullable Boolean mdmEnabled,
        @Nullable Boolean agentInstalled,
        @Nullable Boolean isMissing,
        @Nullable Boolean isRemoved,
        @Nullable String lostModeStatus,
        @Nullable List<String> tags,
        @Nullable Instant firstEnrolledAt,
        @Nullable Instant lastEnrolledAt,
        @Nullable Instant lastCheckIn,
        @Nullable String extra) {

    /** Copies and sorts the tags. */
    public Device {
        tags = tags == null ? null : tags.stream().sorted().toList();
    }
}
