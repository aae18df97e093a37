-- Who had this Mac on a day? Reads the snapshots of that day alone.
-- serial: its serial number, in whatever case. day: the day, UTC.
-- first_seen and last_seen are the day's first and last slots that saw it so, slots how many did, and slots_observed how many
-- were observed that day at all. valid_from is the slot that saw it first. No row: the serial number was not in the lake, or
-- nothing was observed.
-- nothing was observed.
create temp view day as
select *
from manifest
where slot >= getvariable('day')::timestamptz and slot < (getvariable('day')::date + 1)::timestamptz;
set variable devices = coalesce((select list(file_of('devices', files)) from day), getvariable('newest_devices'));
set variable assignments = coalesce(
    (select list(file_of('assignments', files)) from day), getvariable('newest_assignments'));
select
    coalesce(access.access_type, 'nobody') as access_type,
    coalesce(access.user_name, access.username) as who,
    access.user_email,
    min(access.valid_from) as valid_from,
    min(known.slot) as first_seen,
    max(known.slot) as last_seen,
    count(*) as slots,
    (select count(*) from day where day.tenant = known.tenant) as slots_observed
from read_parquet(getvariable('devices'), hive_partitioning = true) known
join day using (tenant, slot)
left join read_parquet(getvariable('assignments'), hive_partitioning = true) access using (tenant, slot, device_id)
where upper(known.serial_number) = upper(getvariable('serial'))
group by known.tenant, known.device_id, access.access_type, access.user_name, access.username, access.user_email,
    access.assignee_key
order by access_type, first_seen, who;
