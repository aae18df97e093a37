package io.kandjietl.normalize;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The field {@code user} of a row, when somebody is assigned.
 *
 * @param id an integer until January 2025, a UUID since; so any JSON here, and looked at later
 * @param email may be null although somebody is assigned
 * @param name the person's name
 * @param isArchived speaks of the user, not of the device
 * @param others fields that nobody knows yet
 */
@JsonNaming(SnakeCaseStrategy.class)
record WireUser(
        @Nullable JsonNode id,
        @Nullable String email,
        @Nullable String name,
        @Nullable Boolean isArchived,
        @JsonAnySetter @Nullable Map<String, @Nullable JsonNode> others) {}
