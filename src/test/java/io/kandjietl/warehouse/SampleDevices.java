package io.kandjietl.warehouse;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invented devices and people, in every variation that publication distinguishes. */
final class SampleDevices {

    static final Instant CHECK_IN = Instant.parse("2026-11-23T11:58:01.123456Z");

    private SampleDevices() {}

    static Builder device(String deviceId) {
        return new Builder(deviceId);
    }

    static Assignment user(String deviceId, String userId, @Nullable String email, String name) {
        return new Assignment(deviceId, AccessType.ASSIGNED_USER, userId, userId, email, name, false, null, null);
    }

    /** Every list column can be set by name. */
    static final class Builder {

        private final String deviceId;
        String name = "Mac of the lobby";
        String serial = "C02SAMPLE01";
        String platform = "Mac";
        String model = "MacBook Air (M2, 2022)";
        String osVersion = "14.4.1";
        String osBuild = "23E224";
        String osVersionExtra = "(a)";
        String assetTag = "A-1";
        String blueprintId = "b1";
        String blueprintName = "Standard";
        String agentVersion = "4.5.9 (5160)";
        Boolean mdmEnabled = true;
        Boolean agentInstalled = true;
        Boolean isMissing = false;
        Boolean isRemoved = false;
        String lostModeStatus = "off";
        List<String> tags = List.of("lobby");
        Instant firstEnrolled = Instant.parse("2024-05-13T20:09:23Z");
        Instant lastEnrolled = Instant.parse("2024-05-13T20:09:23Z");

        @Nullable
        Instant checkIn = CHECK_IN;

        @Nullable
        String extra;

        Builder(String deviceId) {
            this.deviceId = deviceId;
        }

        Builder name(String value) {
            name = value;
            return this;
        }

        Builder osVersion(String value) {
            osVersion = value;
            return this;
        }

        Builder checkIn(Instant value) {
            checkIn = value;
            return this;
        }

        Builder neverCheckedIn() {
            checkIn = null;
            return this;
        }

        Builder extra(String value) {
            extra = value;
            return this;
        }

        Builder removed() {
            isRemoved = true;
            return this;
        }

        Device build() {
            return new Device(
                    deviceId,
                    name,
                    serial,
                    platform,
                    model,
                    osVersion,
                    osBuild,
                    osVersionExtra,
                    assetTag,
                    blueprintId,
                    blueprintName,
                    agentVersion,
                    mdmEnabled,
                    agentInstalled,
                    isMissing,
                    isRemoved,
                    lostModeStatus,
                    tags,
                    firstEnrolled,
                    lastEnrolled,
                    checkIn,
                    extra);
        }
    }
}
