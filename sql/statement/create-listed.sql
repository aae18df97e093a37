-- What this run's listing says of each device: the last row of a device counts. Beside it, whether the warehouse knows
-- the device, whether a tracked column differs from what it holds, and whether the device is archived now that was not;
-- the listing's tracked columns are compared here and nowhere else.
create temporary table listed on commit drop as
select
    compared.*,
    compared.is_otherwise_changed or compared.is_leaving or compared.is_returning as is_changed
from (
    select
        last_row.*,
        known.device_id is null as is_new,
        last_row.status = 'archived' and coalesce(known.status = 'active', false) as is_leaving,
        last_row.status = 'active' and coalesce(known.status = 'archived', false) as is_returning,
        known.device_id is not null and ((
            last_row.device_name, last_row.serial_number, last_row.platform, last_row.model, last_row.os_version,
            last_row.os_build, last_row.os_version_extra, last_row.asset_tag, last_row.blueprint_id,
            last_row.blueprint_name, last_row.agent_version, last_row.mdm_enabled, last_row.agent_installed,
            last_row.is_missing, last_row.is_removed, last_row.lost_mode_status, last_row.tags,
            last_row.first_enrolled_at, last_row.last_enrolled_at
        ) is distinct from (
            known.device_name, known.serial_number, known.platform, known.model, known.os_version, known.os_build,
            known.os_version_extra, known.asset_tag, known.blueprint_id, known.blueprint_name, known.agent_version,
            known.mdm_enabled, known.agent_installed, known.is_missing, known.is_removed, known.lost_mode_status,
            known.tags, known.first_enrolled_at, known.last_enrolled_at
        ) or known.archived_reason = 'gone' and last_row.status = 'archived') as is_otherwise_changed
    from (
        select distinct on (staged.device_id)
            staged.*,
            case when staged.is_removed then 'archived' else 'active' end as status,
            case when staged.is_removed then 'removed' end as archived_reason
        from kandji.staged_device staged
        where staged.run_id = :runId
        order by staged.device_id, staged.position desc
    ) last_row
    left join kandji.device known on known.tenant = :tenant and known.device_id = last_row.device_id
) compared
