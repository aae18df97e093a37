package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a device as a row of the list, with the quirks of its own that it always has: how it spells each date, what stands
 * where nobody is assigned, and so on. Thread-safe.
 */
final class ListRowWriter {

    private final boolean otherPlatforms;

    ListRowWriter(boolean otherPlatforms) {
        this.otherPlatforms = otherPlatforms;
    }

    void write(JsonGenerator json, SimulatedDevice device) {
        Draw draw = new Draw(device.key());
        json.writeStartObject();
        identity(json, device);
        date(json, "last_check_in", device.lastCheckIn(), DateSpelling.of(draw, Trait.CHECK_IN));
        user(json, device, draw);
        if (device.assetTag() == null && draw.perMille(Trait.ASSET_TAG, 300)) {
            json.writeNullProperty("asset_tag");
        } else {
            Json.text(json, "asset_tag", device.assetTag());
        }
        json.writeStringProperty("blueprint_id", device.blueprintId());
        json.writeStringProperty("blueprint_name", device.blueprintName());
        state(json, device);
        enrolment(json, device, draw);
        if (!device.olderRow()) {
            newerFields(json, device);
        }
        extraFields(json, device, draw);
        json.writeEndObject();
    }

    private static void identity(JsonGenerator json, SimulatedDevice device) {
        if (device.bad() != BadRecord.MISSING_ID) {
            json.writeStringProperty("device_id", device.deviceId());
        }
        json.writeStringProperty("device_name", device.deviceName());
        json.writeStringProperty("model", device.model());
        Json.text(json, "serial_number", device.serialNumber());
        json.writeStringProperty("platform", device.platform());
        json.writeStringProperty("os_version", device.osVersion());
    }

    private static void user(JsonGenerator json, SimulatedDevice device, Draw draw) {
        Person user = device.user();
        if (device.bad() == BadRecord.USER_IS_A_NUMBER) {
            json.writeNumberProperty("user", 4711);
        } else if (device.bad() == BadRecord.USER_IS_A_BARE_STRING) {
            json.writeStringProperty("user", "ada@example.com");
        } else if (user != null) {
            json.writeName("user");
            Json.person(json, user);
        } else {
            unassigned(json, draw.below(Trait.UNASSIGNED_SPELLING, 100));
        }
    }

    private static void unassigned(JsonGenerator json, int rank) {
        if (rank < 80) {
            json.writeStringProperty("user", "");
        } else if (rank < 92) {
            json.writeNullProperty("user");
        } // else the field is absent
    }

    private static void state(JsonGenerator json, SimulatedDevice device) {
        if (device.bad() == BadRecord.BOOLEAN_IS_A_WORD) {
            json.writeStringProperty("mdm_enabled", "yes");
        } else {
            json.writeBooleanProperty("mdm_enabled", device.mdmEnabled());
        }
        json.writeBooleanProperty("agent_installed", device.agentInstalled());
        json.writeBooleanProperty("is_missing", device.missing());
        json.writeBooleanProperty("is_removed", device.removed());
        Json.text(json, "agent_version", device.agentVersion());
    }

    private static void enrolment(JsonGenerator json, SimulatedDevice device, Draw draw) {
        date(json, "first_enrollment", device.firstEnrollment(), DateSpelling.of(draw, Trait.FIRST_ENROLMENT));
        if (device.bad() == BadRecord.UNPARSEABLE_DATE) {
            json.writeStringProperty("last_enrollment", "yesterday");
        } else {
            date(json, "last_enrollment", device.lastEnrollment(), DateSpelling.of(draw, Trait.LAST_ENROLMENT));
        }
    }

    private static void newerFields(JsonGenerator json, SimulatedDevice device) {
        Json.text(json, "supplemental_build_version", device.osBuild());
        Json.text(json, "supplemental_os_version_extra", device.osVersionExtra());
        Json.text(json, "lost_mode_status", device.lostModeStatus());
        if (device.tags() != null) {
            json.writeArrayPropertyStart("tags");
            device.tags().forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private void extraFields(JsonGenerator json, SimulatedDevice device, Draw draw) {
        if (otherPlatforms) {
            boolean windows = device.platform().equals(Platform.WINDOWS.spelling());
            boolean android = device.platform().equals(Platform.ANDROID.spelling());
            json.writeStringProperty("api_level", android ? "34" : "");
            json.writeStringProperty("security_patch_level", android ? "2026-09-05" : "");
            json.writeStringProperty(
                    "full_software_version", windows ? "10.0.26100." + draw.below(Trait.HARDWARE, 5000) : "");
        }
        if (draw.perMille(Trait.UNKNOWN_FIELD, 5)) {
            json.writeObjectPropertyStart("declarative_management");
            json.writeBooleanProperty("enabled", true);
            json.writeNumberProperty("wave", draw.below(Trait.HARDWARE, 4));
            json.writeEndObject();
        }
    }

    private static void date(JsonGenerator json, String name, @Nullable Instant at, DateSpelling spelling) {
        json.writeStringProperty(name, at == null ? "" : spelling.spell(at));
    }
}
