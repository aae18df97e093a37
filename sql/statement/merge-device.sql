-- A device that returns counts as never looked up: its details were those of the time before it left.
merge into kandji.device known
using listed on known.tenant = :tenant and known.device_id = listed.device_id
when matched and listed.is_changed then update set
    device_name = listed.device_name,
    serial_number = listed.serial_number,
    platform = listed.platform,
    model = listed.model,
    os_version = listed.os_version,
    os_build = listed.os_build,
    os_version_extra = listed.os_version_extra,
    asset_tag = listed.asset_tag,
    blueprint_id = listed.blueprint_id,
    blueprint_name = listed.blueprint_name,
    agent_version = listed.agent_version,
    mdm_enabled = listed.mdm_enabled,
    agent_installed = listed.agent_installed,
    is_missing = listed.is_missing,
    is_removed = listed.is_removed,
    lost_mode_status = listed.lost_mode_status,
    tags = listed.tags,
    first_enrolled_at = listed.first_enrolled_at,
    last_enrolled_at = listed.last_enrolled_at,
    status = listed.status,
    archived_reason = listed.archived_reason,
    last_check_in = listed.last_check_in,
    extra = listed.extra,
    archived_at = case when listed.status = 'archived' then coalesce(known.archived_at, :slot) end,
    details_tried_at = case
        when known.status = 'archived' and listed.status = 'active' then null
        else known.details_tried_at
    end,
    absent_since_slot = null,
    unlisted = false,
    last_seen_slot = :slot,
    changed_slot = :slot
when matched then update set
    last_check_in = listed.last_check_in,
    extra = listed.extra,
    absent_since_slot = null,
    unlisted = false,
    last_seen_slot = :slot
when not matched then insert (
    tenant, device_id,
    device_name, serial_number, platform, model, os_version, os_build, os_version_extra, asset_tag,
    blueprint_id, blueprint_name, agent_version, mdm_enabled, agent_installed, is_missing, is_removed,
    lost_mode_status, tags, first_enrolled_at, last_enrolled_at, status, archived_reason,
    last_check_in, extra, archived_at, first_seen_slot, last_seen_slot, changed_slot
) values (
    :tenant, listed.device_id,
    listed.device_name, listed.serial_number, listed.platform, listed.model, listed.os_version, listed.os_build,
    listed.os_version_extra, listed.asset_tag, listed.blueprint_id, listed.blueprint_name, listed.agent_version,
    listed.mdm_enabled, listed.agent_installed, listed.is_missing, listed.is_removed, listed.lost_mode_status,
    listed.tags, listed.first_enrolled_at, listed.last_enrolled_at, listed.status, listed.archived_reason,
    listed.last_check_in, listed.extra, case when listed.status = 'archived' then cast(:slot as timestamptz) end,
    :slot, :slot, :slot
)
