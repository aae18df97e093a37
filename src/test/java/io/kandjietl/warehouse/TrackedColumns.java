package io.kandjietl.warehouse;

import java.util.List;

/**
 * The columns of a device whose change is history. This is the list: tests hold the table {@code kandji.device_history}
 * and the statements to it.
 */
final class TrackedColumns {

    /** In the order of the tables. */
    static final List<String> NAMES = List.of(
            "device_name",
            "serial_number",
            "platform",
            "model",
            "model_identifier",
            "os_version",
            "os_build",
            "os_version_extra",
            "udid",
            "asset_tag",
            "blueprint_id",
            "blueprint_name",
            "agent_version",
            "mdm_enabled",
            "agent_installed",
            "is_missing",
            "is_removed",
            "is_supervised",
            "filevault_enabled",
            "lost_mode_status",
            "tags",
            "first_enrolled_at",
            "last_enrolled_at",
            "status",
            "archived_reason");

    private TrackedColumns() {}
}
