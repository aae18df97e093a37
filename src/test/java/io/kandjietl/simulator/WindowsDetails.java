package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import tools.jackson.core.JsonGenerator;

/** The sections of Windows computers: other keys, and booleans where Macs have words. */
final class WindowsDetails {

    private final Sections sections;
    private final JsonGenerator json;
    private final SimulatedDevice device;
    private final Draw draw;

    WindowsDetails(Sections sections, SimulatedDevice device, Draw draw) {
        this.sections = sections;
        this.json = sections.json();
        this.device = device;
        this.draw = draw;
    }

    void write() {
        sections.object("kandji_agent", () -> {
            json.writeBooleanProperty("is_agent_installed", device.agentInstalled());
            Json.text(json, "installed_agent_version", device.agentVersion());
        });
        sections.object("mdm", () -> {
            json.writeStringProperty("mdm_enabled", DetailsWriter.word(device.mdmEnabled()));
            json.writeStringProperty("enrollment_type", "Full");
        });
        sections.object("device_information", this::information);
        sections.object("bitlocker", () -> json.writeBooleanProperty("enabled", draw.perMille(Trait.FILEVAULT, 900)));
        sections.array("installed_updates", this::updates);
    }

    private void information() {
        Json.text(json, "smbios_serial_number", device.serialNumber());
        json.writeStringProperty("manufacturer_model", device.modelIdentifier());
        json.writeStringProperty("hardware_device_id", draw.uuid(Trait.UDID));
        json.writeStringProperty("processor_architecture", "x64");
        json.writeNumberProperty("total_ram_megabytes", 16_384);
        json.writeStringProperty("tpm_version", "2.0");
    }

    private void updates() {
        int count = 24 + draw.below(Trait.PROFILES, 40);
        for (int i = 0; i < count; i++) {
            json.writeStartObject();
            json.writeStringProperty("kb", "KB" + (5_030_000 + draw.below(Trait.HARDWARE, 9_000) + i));
            json.writeStringProperty("title", "Cumulative Update for Windows 11 for x64-based Systems");
            json.writeStringProperty("state", "Installed");
            json.writeEndObject();
        }
    }
}
