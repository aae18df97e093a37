-- Which Macs were not encrypted at the end of a day, and who had them? Reads the newest snapshot of each tenant until then.
-- day: a quarter's last day, for example; UTC.
create temp view snapshot as
select tenant, arg_max(files, slot) as files
from manifest
where slot < (getvariable('day')::date + 1)::timestamptz
group by tenant;
set variable devices = coalesce((select list(file_of('devices', files)) from snapshot), getvariable('newest_devices'));
set variable assignments = coalesce(
    (select list(file_of('assignments', files)) from snapshot), getvariable('newest_assignments'));
select
    case
        when known.filevault_enabled then 'encrypted'
        when not known.filevault_enabled then 'unencrypted'
        else 'unknown'
    end as encryption,
    known.device_name,
    known.serial_number,
    assigned.user_email as assigned_user_email,
    known.details_as_of,
    known.slot as as_of_slot
from read_parquet(getvariable('devices'), hive_partitioning = true) known
left join read_parquet(getvariable('assignments'), hive_partitioning = true) assigned
    on assigned.tenant = known.tenant
    and assigned.device_id = known.device_id
    and assigned.access_type = 'assigned_user'
where known.slot < (getvariable('day')::date + 1)::timestamptz
  and known.status = 'active' and known.platform = 'Mac' and known.filevault_enabled is distinct from true
order by encryption, known.device_name, known.device_id;
