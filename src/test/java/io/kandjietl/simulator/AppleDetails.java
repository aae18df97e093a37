package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The sections of Macs, iPhones, iPads, Apple TVs, and of whatever else Apple makes. */
final class AppleDetails {

    private static final List<String> SYSTEM_USERS = List.of(
            "_accessoryupdater",
            "_analyticsd",
            "_appinstalld",
            "_applepay",
            "_appowner",
            "_appserver",
            "_appstore",
            "_assetcache",
            "_astris",
            "_atsserver",
            "_avbdeviced",
            "_biome",
            "_calendar",
            "_captiveagent",
            "_coreaudiod",
            "_coreml",
            "_ctkd",
            "_cvmsroot",
            "_cvs",
            "_darwindaemon",
            "_datadetectors",
            "_demod",
            "_devdocs",
            "_devicemgr",
            "_diskimagesiod",
            "_displaypolicyd",
            "_distnote",
            "_driverkit",
            "_eligibilityd",
            "_findmydevice",
            "_fpsd",
            "_ftp",
            "_gamecontrollerd",
            "_geod",
            "_hidd",
            "_iconservices",
            "_installassistant",
            "_installcoordinationd",
            "_installer",
            "_jabber",
            "_knowledgegraphd",
            "_locationd",
            "_logd",
            "_mbsetupuser",
            "_mdnsresponder",
            "_modelmanagerd",
            "_mysql",
            "_netbios",
            "_nsurlsessiond",
            "_oahd",
            "_ondemand",
            "_postfix",
            "_reportmemoryexception",
            "_securityagent",
            "_softwareupdate",
            "_spotlight",
            "_sshd",
            "_timed",
            "_timezone",
            "_trustd",
            "_usbmuxd",
            "_windowserver",
            "daemon",
            "nobody",
            "root");

    private static final List<String> PROFILES = List.of(
            "FileVault 2 – Settings",
            "Wi-Fi",
            "Passcode",
            "Software Update",
            "Restrictions",
            "PPPC",
            "Login Window",
            "Firewall",
            "Kernel Extensions",
            "Notification Settings",
            "Certificate",
            "Single Sign-On",
            "DNS",
            "VPN");

    private static final String HEX = "0123456789abcdef";

    private final Sections sections;
    private final JsonGenerator json;
    private final SimulatedDevice device;
    private final Draw draw;
    private final boolean mac;

    AppleDetails(Sections sections, SimulatedDevice device, Draw draw) {
        this.sections = sections;
        this.json = sections.json();
        this.device = device;
        this.draw = draw;
        this.mac = device.platform().equals(Platform.MAC.spelling());
    }

    void write() {
        sections.object("mdm", this::mdm);
        sections.object("activation_lock", this::activationLock);
        sections.object("filevault", this::filevault);
        sections.empty("lost_mode");
        sections.empty("automated_device_enrollment");
        sections.object("kandji_agent", this::agent);
        sections.object("hardware_overview", this::hardware);
        sections.array("volumes", this::volumes);
        sections.object("network", this::network);
        sections.object("recovery_information", this::recovery);
        if (mac) {
            sections.object("users", this::users);
        } else {
            sections.empty("users");
        }
        sections.array("installed_profiles", this::profiles);
        sections.empty("apple_business_manager");
        sections.object(
                "security_information",
                () -> json.writeBooleanProperty("remote_desktop_enabled", draw.perMille(Trait.HARDWARE, 50)));
        sections.empty("cellular");
    }

    private void mdm() {
        json.writeStringProperty("mdm_enabled", DetailsWriter.word(device.mdmEnabled()));
        json.writeStringProperty("supervised", DetailsWriter.word(draw.perMille(Trait.SUPERVISION, 900)));
        json.writeStringProperty(
                "install_date", DateSpelling.SPACE_MICROSECONDS_OFFSET.spell(device.firstEnrollment()));
        json.writeStringProperty("last_check_in", checkIn());
        json.writeArrayPropertyStart("mdm_enabled_user");
        if (mac) {
            json.writeString(account());
        }
        json.writeEndArray();
    }

    private void activationLock() {
        nullable("bypass_code_failed", 0);
        nullable("user_activation_lock_enabled", 1);
        nullable("device_activation_lock_enabled", 2);
        nullable("activation_lock_allowed_while_supervised", 3);
        nullable("activation_lock_supported", 4);
    }

    private void nullable(String name, int part) {
        int rank = draw.part(Trait.ACTIVATION_LOCK).part(part).below(Trait.ACTIVATION_LOCK, 10);
        if (rank == 0) {
            json.writeNullProperty(name);
        } else {
            json.writeBooleanProperty(name, rank > 5);
        }
    }

    private void filevault() {
        if (!mac) {
            json.writeNullProperty("filevault_enabled");
            json.writeNullProperty("filevault_recoverykey_type");
            json.writeNullProperty("filevault_prk_escrowed");
            return;
        }
        boolean enabled = draw.perMille(Trait.FILEVAULT, 930);
        json.writeBooleanProperty("filevault_enabled", enabled);
        json.writeStringProperty("filevault_recoverykey_type", enabled ? "Personal" : "No value");
        json.writeBooleanProperty("filevault_prk_escrowed", enabled);
        json.writeStringProperty("filevault_next_rotation", "");
        json.writeBooleanProperty("filevault_regen_required", false);
    }

    private void agent() {
        json.writeStringProperty("agent_installed", DetailsWriter.word(device.agentInstalled()));
        json.writeStringProperty(
                "install_date", mac ? DateSpelling.SPACE_MICROSECONDS_OFFSET.spell(device.firstEnrollment()) : "");
        json.writeStringProperty("last_check_in", checkIn());
        Json.text(json, "agent_version", device.agentVersion());
    }

    private void hardware() {
        Draw hardware = draw.part(Trait.HARDWARE);
        json.writeStringProperty("model_name", device.model());
        json.writeStringProperty("model_identifier", device.modelIdentifier());
        json.writeStringProperty("processor_name", mac ? "Apple M" + (1 + hardware.below(Trait.MODEL, 4)) : "No value");
        json.writeStringProperty("processor_speed", "No value");
        json.writeStringProperty("number_of_processors", "1");
        json.writeStringProperty("total_number_of_cores", hardware.perMille(Trait.ID, 30) ? "No value" : "8");
        json.writeStringProperty("memory", (8 << hardware.below(Trait.ID, 3)) + " GB");
        json.writeStringProperty(mac ? "udid" : "uuid", draw.uuid(Trait.UDID).toUpperCase(Locale.ROOT));
        Json.text(json, "serial_number", device.serialNumber());
    }

    private void volumes() {
        int count = 1 + draw.below(Trait.VOLUMES, 2);
        for (int i = 0; i < count; i++) {
            Draw volume = draw.part(Trait.VOLUMES).part(i);
            json.writeStartObject();
            json.writeStringProperty("name", i == 0 ? "Macintosh HD" : "Backup “Oslo”");
            json.writeStringProperty("format", "APFS");
            json.writeStringProperty("percent_used", volume.below(Trait.VOLUMES, 100) + "%");
            json.writeStringProperty("identifier", "disk3s" + (i + 1));
            json.writeStringProperty("capacity", "494.38 GB");
            json.writeStringProperty("available", volume.below(Trait.ID, 494) + ".47 GB");
            json.writeStringProperty("encrypted", volume.perMille(Trait.FILEVAULT, 930) ? "Yes" : "No");
            json.writeEndObject();
        }
    }

    private void network() {
        json.writeStringProperty("local_hostname", "host-" + draw.text(Trait.NETWORK, 8, HEX) + ".local");
        json.writeStringProperty("mac_address", "02:00:5e:" + draw.text(Trait.NETWORK, 2, HEX) + ":00:01");
        json.writeStringProperty("ip_address", "192.0.2." + draw.below(Trait.NETWORK, 254));
        json.writeStringProperty("public_ip", "198.51.100." + draw.below(Trait.NETWORK, 254));
    }

    private void recovery() {
        json.writeBooleanProperty("recovery_lock_enabled", mac && draw.perMille(Trait.HARDWARE, 300));
        json.writeBooleanProperty("firmware_password_exist", false);
        json.writeBooleanProperty("firmware_password_pending", false);
        json.writeStringProperty("password_rotation_scheduled", "");
        json.writeBooleanProperty("password_has_been_set", false);
    }

    private void users() {
        json.writeArrayPropertyStart("regular_users");
        Person owner = device.user();
        account(account(), 501, draw.perMille(Trait.ADMIN, 350), owner == null ? "Local User" : owner.name());
        if (draw.perMille(Trait.IT_ACCOUNT, 400)) {
            account("itadmin", 502, true, "IT Administrator");
        }
        if (draw.perMille(Trait.ACCOUNT, 60)) {
            account("guest-" + draw.text(Trait.ACCOUNT, 4, HEX), 503, false, "");
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("system_users");
        int count = SYSTEM_USERS.size() - draw.below(Trait.USERS, 20);
        for (int i = 0; i < count; i++) {
            systemAccount(SYSTEM_USERS.get(i), 54 + i);
        }
        json.writeEndArray();
    }

    private void account(String username, int uid, boolean admin, String name) {
        json.writeStartObject();
        json.writeStringProperty("username", username);
        json.writeStringProperty("uid", Integer.toString(uid));
        json.writeStringProperty("path", "/Users/" + username);
        json.writeStringProperty("admin", admin ? "Yes" : "No");
        json.writeStringProperty("name", name);
        json.writeEndObject();
    }

    private void systemAccount(String username, int uid) {
        json.writeStartObject();
        json.writeStringProperty("username", username);
        json.writeStringProperty("uid", Integer.toString(uid));
        json.writeStringProperty("path", "/var/empty");
        json.writeStringProperty("admin", "No");
        json.writeEndObject();
    }

    private void profiles() {
        int count = 7 + draw.below(Trait.PROFILES, PROFILES.size() - 7);
        for (int i = 0; i < count; i++) {
            Draw profile = draw.part(Trait.PROFILES).part(i);
            json.writeStartObject();
            json.writeStringProperty("name", PROFILES.get(i));
            json.writeStringProperty("uuid", profile.uuid(Trait.ID));
            json.writeStringProperty("verified", "verified");
            json.writeStringProperty("identifier", "com.example.profile." + profile.uuid(Trait.ID_REST));
            json.writeStringProperty("organization", "Example Corporation");
            json.writeArrayPropertyStart("payload_types");
            json.writeString("com.apple.configuration.managed." + i);
            json.writeEndArray();
            json.writeStringProperty("install_date", DateSpelling.MICROSECONDS_Z.spell(device.firstEnrollment()));
            json.writeEndObject();
        }
    }

    private String account() {
        Person owner = device.user();
        return owner == null ? "localuser" : owner.accountName();
    }

    private String checkIn() {
        return device.lastCheckIn() == null ? "" : DateSpelling.MICROSECONDS_Z.spell(device.lastCheckIn());
    }
}
