package io.kandjietl.normalize;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Listed rows as the API is known to write them; people and devices are invented. */
public final class Rows {

    /** A documented row. */
    public static final String MAC = """
            {
              "device_id": "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01",
              "device_name": "Ada’s MacBook Pro",
              "model": "MacBook Pro (14-inch, 2023)",
              "serial_number": "FVFXA1B2C3D4",
              "platform": "Mac",
              "os_version": "14.4.1",
              "supplemental_build_version": "23E224",
              "supplemental_os_version_extra": "(a)",
              "last_check_in": "2024-07-23T14:11:37.150080Z",
              "user": {
                "email": "Ada.Example@example.com",
                "name": "Ada Example",
                "id": "5F1C7A52-8B1A-4C0F-9C55-0E2B7A6D9A10",
                "is_archived": false
              },
              "asset_tag": "IT-0042",
              "blueprint_id": "C1D7F9D2-0A4B-4E7C-8A59-2B6F1D0E9C33",
              "blueprint_name": "Engineering",
              "mdm_enabled": true,
              "agent_installed": true,
              "is_missing": false,
              "is_removed": false,
              "agent_version": "4.5.9 (5160)",
              "first_enrollment": "2024-05-13 20:09:27.374451+00:00",
              "last_enrollment": "2024-06-17 11:32:35+00:00",
              "lost_mode_status": "",
              "tags": ["vip", "", "loaner"]
            }""";

    /** A documented row. */
    public static final String PHONE_BEFORE_2025 = """
            {
              "device_id": "1C2D3E4F-0000-4111-8222-333344445555",
              "device_name": "Loaner 7",
              "model": "iPhone 14",
              "serial_number": "",
              "platform": "iPhone",
              "os_version": "17.4.1",
              "last_check_in": "2024-05-13 20:09:23 +0000",
              "user": {"email": null, "name": "Ben Example", "id": 4711, "is_archived": true},
              "asset_tag": null,
              "blueprint_id": "c1d7f9d2-0a4b-4e7c-8a59-2b6f1d0e9c33",
              "blueprint_name": "Phones",
              "mdm_enabled": true,
              "agent_installed": false,
              "is_missing": true,
              "is_removed": true,
              "agent_version": "",
              "first_enrollment": "",
              "last_enrollment": ""
            }""";

    /** A documented row. */
    public static final String WINDOWS = """
            {
              "device_id": "d6a4b6de-77f8-4a5c-93a2-0d1c9e8f7a66",
              "device_name": "DESKTOP-7",
              "model": "Latitude 7450",
              "serial_number": "7XK2LM3",
              "platform": "Windows",
              "os_version": "24H2",
              "supplemental_build_version": "",
              "supplemental_os_version_extra": "",
              "last_check_in": "2026-07-01T19:02:37.320664+00:00",
              "user": "",
              "asset_tag": "",
              "blueprint_id": "",
              "blueprint_name": "",
              "mdm_enabled": true,
              "agent_installed": "",
              "is_missing": null,
              "agent_version": "1.2.3",
              "first_enrollment": "2026-05-01T00:00:00Z",
              "last_enrollment": null,
              "lost_mode_status": null,
              "tags": [],
              "api_level": "",
              "security_patch_level": null,
              "full_software_version": "10.0.26100.4349"
            }""";

    /** A documented answer about a Mac. */
    public static final String MAC_DETAILS = """
            {
              "general": {"device_id": "0B9A1A6E-6F0A-4C57-9D0B-1F5F3A1C2D01", "assigned_user": ""},
              "mdm": {"mdm_enabled": "True", "supervised": "True", "mdm_enabled_user": ["ada"]},
              "activation_lock": {"bypass_code_failed": null},
              "filevault": {"filevault_enabled": true, "filevault_recoverykey_type": "Personal"},
              "hardware_overview": {"model_identifier": "Mac14,2", "udid": "4F1C-UDID", "memory": "16 GB"},
              "volumes": [{"percent_used": "9%", "encrypted": "Yes"}],
              "users": {
                "regular_users": [
                  {"username": "ada", "uid": "501", "path": "/Users/ada", "admin": "Yes", "name": "Ada Example"},
                  {"username": "Guest-1", "uid": "502", "path": "/Users/guest", "admin": "No", "name": ""}
                ],
                "system_users": [{"username": "_spotlight", "uid": "89"}]
              }
            }""";

    /** A documented answer about an iPhone. */
    public static final String PHONE_DETAILS = """
            {
              "general": {"device_id": "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01", "device_name": "Loaner 7"},
              "mdm": {"mdm_enabled": "True", "supervised": "False"},
              "filevault": {"filevault_enabled": null},
              "hardware_overview": {"model_identifier": "No value", "uuid": "00008101-0001"},
              "users": {}
            }""";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Rows() {}

    /** Parsed exactly as the client parses. */
    public static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    static ObjectNode mac() {
        return (ObjectNode) json(MAC);
    }

    /** The Mac with one field set to a JSON value. */
    static ObjectNode macWith(String field, String value) {
        ObjectNode row = mac();
        row.set(field, json(value));
        return row;
    }

    static ObjectNode macWithout(String field) {
        ObjectNode row = mac();
        row.remove(field);
        return row;
    }
}
