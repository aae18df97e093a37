-- A row for each device that is new or changed, as it is from this slot on. What was known of its details before stays
-- known: the row carries on from when; where they became known in this slot, from then.
insert into kandji.device_history (
    tenant, device_id,
    device_name, serial_number, platform, model, model_identifier, os_version, os_build, os_version_extra, udid,
    asset_tag, blueprint_id, blueprint_name, agent_version, mdm_enabled, agent_installed, is_missing,
    is_removed, is_supervised, filevault_enabled, lost_mode_status, tags, first_enrolled_at, last_enrolled_at,
    status, archived_reason,
    valid_from, details_first_as_of
)
select
    device.tenant, device.device_id,
    device.device_name, device.serial_number, device.platform, device.model, device.model_identifier,
    device.os_version, device.os_build, device.os_version_extra, device.udid, device.asset_tag,
    device.blueprint_id, device.blueprint_name, device.agent_version, device.mdm_enabled,
    device.agent_installed, device.is_missing, device.is_removed, device.is_supervised,
    device.filevault_enabled, device.lost_mode_status, device.tags, device.first_enrolled_at,
    device.last_enrolled_at, device.status, device.archived_reason,
    :slot, coalesce(closed.details_first_as_of, device.details_as_of)
from kandji.device device
left join kandji.device_history closed
    on closed.tenant = device.tenant and closed.device_id = device.device_id and closed.valid_to = :slot
where device.tenant = :tenant and device.changed_slot = :slot
