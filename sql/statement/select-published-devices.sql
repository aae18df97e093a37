select
    device_id, device_name, serial_number, platform, model, os_version, os_build, os_version_extra, asset_tag,
    blueprint_id, blueprint_name, agent_version, mdm_enabled, agent_installed, is_missing, is_removed,
    lost_mode_status, tags, first_enrolled_at, last_enrolled_at, last_check_in, model_identifier, udid,
    is_supervised, filevault_enabled, details_as_of, details_tried_at, status, archived_reason, archived_at,
    absent_since_slot, unlisted, first_seen_slot, last_seen_slot, changed_slot, extra
from kandji.device
where tenant = :tenant
order by device_id
