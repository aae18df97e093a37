package io.kandjietl.lake;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.DeviceDetails;
import io.kandjietl.device.Lifecycle;
import io.kandjietl.device.PublishedAssignment;
import io.kandjietl.device.PublishedDevice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invented devices and people, as a slot publishes them. */
final class SampleRows {

    static final Instant SLOT = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant EARLIER = Instant.parse("2026-11-23T10:00:00Z");
    static final Instant FAR_PAST = Instant.parse("1900-01-01T00:00:00.000001Z");
    static final Instant FAR_FUTURE = Instant.parse("2200-12-31T23:59:59.999999Z");
    static final Instant PRECISE = Instant.parse("2024-07-23T14:11:37.150081Z");

    private SampleRows() {}

    /** A device with a value in each column, each another one. */
    static PublishedDevice full(String deviceId) {
        Device device = new Device(
                deviceId,
                "Zoë’s MacBook 💻 東京",
                "C02SAMPLE01",
                "Mac",
                "MacBook Air (M2, 2022)",
                "14.4.1",
                "23E224",
                "(a)",
                "A-1",
                "b1",
                "Standard",
                "4.5.9 (5160)",
                true,
                false,
                true,
                false,
                "off",
                List.of("lobby", "größe", "a,b"),
                FAR_PAST,
                FAR_FUTURE,
                PRECISE,
                "{\"api_level\":34,\"note\":\"\\\"é\\\"\"}");
        DeviceDetails details = new DeviceDetails("UDID-1", "Mac14,2", true, false, EARLIER, SLOT);
        Lifecycle lifecycle = new Lifecycle("archived", "gone", SLOT, EARLIER, true, FAR_PAST, EARLIER, SLOT);
        return new PublishedDevice(device, details, lifecycle);
    }

    /** A device of which nothing is known that need not be, with these tags. */
    static PublishedDevice bare(String deviceId, List<String> tags) {
        return bareOf(deviceId, tags);
    }

    /** A device of which nothing is known that need not be, and without tags at all. */
    static PublishedDevice bare(String deviceId) {
        return bareOf(deviceId, null);
    }

    private static PublishedDevice bareOf(String deviceId, @Nullable List<String> tags) {
        Device device = new Device(
                deviceId, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, tags, null, null, null, null);
        DeviceDetails details = new DeviceDetails(null, null, null, null, null, null);
        return new PublishedDevice(
                device, details, new Lifecycle("active", null, null, null, false, EARLIER, SLOT, EARLIER));
    }

    static PublishedAssignment user(String deviceId) {
        Assignment assignment = new Assignment(
                deviceId, AccessType.ASSIGNED_USER, "u1", "u1", "zoe@example.com", "Zoë", false, null, null);
        return new PublishedAssignment(assignment, EARLIER, null, EARLIER);
    }

    static PublishedAssignment account(String deviceId) {
        Assignment assignment =
                new Assignment(deviceId, AccessType.LOCAL_ACCOUNT, "zoe", null, null, "Zoë", null, "zoe", true);
        return new PublishedAssignment(assignment, SLOT, FAR_FUTURE, SLOT);
    }
}
