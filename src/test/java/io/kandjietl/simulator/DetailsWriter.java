package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what {@code /devices/ID/details} answers: the sections that the device's platform has, told as the list tells
 * them, but for the rare answer that disagrees about the assigned user or the blueprint. 3 to 15 kB. Thread-safe.
 */
final class DetailsWriter {

    void write(JsonGenerator json, SimulatedDevice device) {
        Draw draw = new Draw(device.key());
        Sections sections = new Sections(json, draw);
        json.writeStartObject();
        sections.object("general", () -> general(json, device, draw));
        if (device.platform().equals(Platform.WINDOWS.spelling())) {
            new WindowsDetails(sections, device, draw).write();
        } else if (device.platform().equals(Platform.ANDROID.spelling())) {
            new AndroidDetails(sections, device, draw).write();
        } else {
            new AppleDetails(sections, device, draw).write();
        }
        if (device.tags() != null) {
            json.writeArrayPropertyStart("tags");
            device.tags().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** {@code True} or {@code False}, the strings that this API answers where one would expect a boolean. */
    static String word(boolean value) {
        return value ? "True" : "False";
    }

    private static void general(JsonGenerator json, SimulatedDevice device, Draw draw) {
        json.writeStringProperty("device_id", device.deviceId().toLowerCase(Locale.ROOT));
        json.writeStringProperty("device_name", device.deviceName());
        json.writeStringProperty("model", device.model());
        json.writeStringProperty("platform", device.platform());
        json.writeStringProperty("os_version", device.osVersion());
        Json.text(json, "supplemental_build_version", device.osBuild());
        Json.text(json, "supplemental_os_version_extra", device.osVersionExtra());
        json.writeStringProperty("system_version", device.platform() + " " + device.osVersion());
        json.writeStringProperty(
                "first_enrollment", DateSpelling.SPACE_SECONDS_SPACE_OFFSET.spell(device.firstEnrollment()));
        json.writeStringProperty(
                "last_enrollment",
                device.lastEnrollment() == null
                        ? ""
                        : DateSpelling.SPACE_SECONDS_SPACE_OFFSET.spell(device.lastEnrollment()));
        json.writeStringProperty("boot_volume", "Macintosh HD");
        json.writeStringProperty("time_since_boot", draw.below(Trait.HARDWARE, 40) + " days");
        Json.text(json, "asset_tag", device.assetTag());
        assignedUser(json, device, draw);
        boolean moved = draw.perMille(Trait.DISAGREEMENT, 5);
        Blueprint other = draw.pick(Trait.DISAGREEMENT, Blueprint.ALL);
        json.writeStringProperty("blueprint_name", moved ? other.name() : device.blueprintName());
        json.writeStringProperty("blueprint_uuid", moved ? other.id() : device.blueprintId());
    }

    private static void assignedUser(JsonGenerator json, SimulatedDevice device, Draw draw) {
        Person user = device.user();
        if (user == null && draw.perMille(Trait.UNASSIGNED_SPELLING, 500)) {
            json.writeNullProperty("assigned_user");
        } else if (user == null || draw.part(Trait.DISAGREEMENT).perMille(Trait.OWNER, 5)) {
            json.writeStringProperty("assigned_user", "");
        } else {
            json.writeName("assigned_user");
            Json.person(json, user);
        }
    }
}
