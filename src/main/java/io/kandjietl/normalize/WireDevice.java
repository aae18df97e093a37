package io.kandjietl.normalize;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A row of {@code GET /devices} as the API writes it, field by field in snake case. The API promises nothing: any field
 * may be absent, null or blank. Dates are still text.
 *
 * @param tags texts; any JSON here, and looked at later, so that a wrong one can be pointed at
 * @param others every field that has no column
 */
@JsonNaming(SnakeCaseStrategy.class)
record WireDevice(
        @Nullable String deviceId,
        @Nullable String deviceName,
        @Nullable String serialNumber,
        @Nullable String platform,
        @Nullable String model,
        @Nullable String osVersion,
        @Nullable String supplementalBuildVersion,
        @Nullable String supplementalOsVersionExtra,
        @Nullable String assetTag,
        @Nullable String blueprintId,
        @Nullable String blueprintName,
        @Nullable String agentVersion,
        @Nullable Boolean mdmEnabled,
        @Nullable Boolean agentInstalled,
        @Nullable Boolean isMissing,
        @Nullable Boolean isRemoved,
        @Nullable String lostModeStatus,
        @Nullable List<@Nullable JsonNode> tags,
        @Nullable String firstEnrollment,
        @Nullable String lastEnrollment,
        @Nullable String lastCheckIn,
        @Nullable WireUser user,
        @JsonAnySetter @Nullable Map<String, @Nullable JsonNode> others) {}
