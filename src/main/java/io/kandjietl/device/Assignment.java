package io.kandjietl.device;

import org.jspecify.annotations.Nullable;

/**
 * That a user has access to a device. Names are those of the columns of {@code kandji.device_assignment}.
 *
 * @param deviceId the device, lower case
 * @param accessType how the user has access
 * @param assigneeKey the user's id, or the local account's user name: what stays the same while facts change
 * @param userId the Kandji user's id, an integer or a UUID; null for a local account
 * @param userEmail lower case; null when the tenant knows none
 * @param userName the person's, or the account's, full name
 * @param userIsArchived whether the Kandji user is archived; null for a local account
 * @param username the local account's user name; null for a Kandji user
 * @param isAdmin whether the local account is an administrator; null for a Kandji user
 */
public record Assignment(
        String deviceId,
        AccessType accessType,
        String assigneeKey,
        @Nullable String userId,
        @Nullable String userEmail,
        @Nullable String userName,
        @Nullable Boolean userIsArchived,
        @Nullable String username,
        @Nullable Boolean isAdmin) {}
