-- What this run's details answers tell of each device: its last answer counts, or that it was asked for without one. A
-- section that the answer does not carry leaves its columns as they are. Beside it, whether these are the first details of
-- the device, or else whether a tracked column differs from what the warehouse holds; the tracked columns of details are
-- compared here and nowhere else.
create temporary table told on commit drop as
select
    merged.*,
    merged.as_of is not null and known.details_as_of is null as is_first,
    merged.as_of is not null and known.details_as_of is not null and (
        merged.udid, merged.model_identifier, merged.is_supervised, merged.filevault_enabled
    ) is distinct from (
        known.udid, known.model_identifier, known.is_supervised, known.filevault_enabled
    ) as is_changed,
    coalesce(listed.status, known.status) as status
from (
    select
        last_row.device_id,
        last_row.position,
        last_row.tried_at,
        last_row.as_of,
        last_row.has_accounts,
        case when last_row.has_hardware then last_row.udid else former.udid end as udid,
        case when last_row.has_hardware then last_row.model_identifier else former.model_identifier end
            as model_identifier,
        case when last_row.has_mdm then last_row.is_supervised else former.is_supervised end as is_supervised,
        case when last_row.has_filevault then last_row.filevault_enabled else former.filevault_enabled end
            as filevault_enabled
    from (
        select distinct on (staged.device_id) staged.*
        from kandji.staged_details staged
        where staged.run_id = :runId
        order by staged.device_id, staged.as_of is null, staged.position desc
    ) last_row
    left join kandji.device former on former.tenant = :tenant and former.device_id = last_row.device_id
) merged
left join kandji.device known on known.tenant = :tenant and known.device_id = merged.device_id
left join listed on listed.device_id = merged.device_id
where known.device_id is not null or listed.device_id is not null
