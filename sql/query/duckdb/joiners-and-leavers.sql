-- Which devices joined the fleet in a month, and which left it? Reads two snapshots: the last one before the month, and the
-- month's last one. One that joined and left in between does not show; kandji.device_history in PostgreSQL knows it.
-- month: its first day, UTC. Without a snapshot before the month there is no answer.
set variable devices = coalesce((
    select list(file_of('devices', files))
    from (
        select arg_max(files, slot) as files
        from manifest
        where slot < getvariable('month')::timestamptz + interval 1 month
        group by tenant, slot < getvariable('month')::timestamptz
    )
), getvariable('newest_devices'));
with known as (
    select *, slot < getvariable('month')::timestamptz as is_before
    from read_parquet(getvariable('devices'), hive_partitioning = true)
    where slot < getvariable('month')::timestamptz + interval 1 month
)
select
    case
        when is_now.status = 'archived' then 'left'
        when was.device_id is null then 'joined'
        else 'returned'
    end as what,
    case when is_now.status = 'archived' then is_now.archived_at end as left_at,
    is_now.device_name,
    is_now.serial_number,
    is_now.platform,
    is_now.archived_reason
from (select * from known where not is_before) is_now
left join (select * from known where is_before) was using (tenant, device_id)
where (is_now.status = 'active' and was.status is distinct from 'active'
    or is_now.status = 'archived' and was.status = 'active')
  and exists (select 1 from known before where before.is_before and before.tenant = is_now.tenant)
order by what, left_at, is_now.device_name, is_now.device_id;
