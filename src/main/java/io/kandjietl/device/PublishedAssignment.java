package io.kandjietl.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period of unchanged facts about one assignment: a row of {@code kandji.device_assignment}.
 *
 * @param assignment the facts
 * @param validFrom the slot that first saw them, inclusive
 * @param validTo the slot that first saw them gone, exclusive; null while they hold
 * @param changedSlot the slot that last changed the row
 */
public record PublishedAssignment(
        Assignment assignment, Instant validFrom, @Nullable Instant validTo, Instant changedSlot) {}
