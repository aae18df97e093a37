package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import tools.jackson.core.JsonGenerator;

/** The sections of Android devices. */
final class AndroidDetails {

    private final Sections sections;
    private final JsonGenerator json;
    private final SimulatedDevice device;
    private final Draw draw;

    AndroidDetails(Sections sections, SimulatedDevice device, Draw draw) {
        this.sections = sections;
        this.json = sections.json();
        this.device = device;
        this.draw = draw;
    }

    void write() {
        sections.object("management", () -> {
            json.writeStringProperty(
                    "ownership", draw.perMille(Trait.SUPERVISION, 700) ? "COMPANY_OWNED" : "PERSONALLY_OWNED");
            json.writeStringProperty("management_mode", "DEVICE_OWNER");
        });
        sections.object("hardware_info", () -> {
            json.writeStringProperty("brand", device.model());
            json.writeStringProperty("hardware", device.modelIdentifier());
            Json.text(json, "serial_number", device.serialNumber());
        });
        sections.object("software_info", () -> {
            json.writeStringProperty("android_version", device.osVersion());
            json.writeStringProperty("security_patch_level", "2026-09-05");
        });
        sections.array("application_reports", this::applications);
    }

    private void applications() {
        int count = 20 + draw.below(Trait.PROFILES, 50);
        for (int i = 0; i < count; i++) {
            json.writeStartObject();
            json.writeStringProperty("package_name", "com.example.apps.business.module" + i);
            json.writeStringProperty("display_name", "Example Business Module " + i);
            json.writeStringProperty("version_name", "3." + i + "." + draw.below(Trait.HARDWARE, 100));
            json.writeStringProperty("state", "INSTALLED");
            json.writeEndObject();
        }
    }
}
