-- Which Macs were not encrypted at the end of a quarter, and who had them?
-- ask.day: the quarter's last day, or any other; the last day of the last quarter without it. ask.zone: its time zone; UTC
-- without it. What is known is what the newest slot of that day saw; a Mac whose encryption is unknown counts as one that
-- is not encrypted, and says so. details_verified_after tells how old the knowledge can be at most.
with asked as (
    select coalesce(nullif(current_setting('ask.zone', true), ''), 'UTC') as zone
), moment as (
    select
        coalesce(
            nullif(current_setting('ask.day', true), '')::date + 1,
            date_trunc('quarter', now() at time zone asked.zone)::date
        )::timestamp at time zone asked.zone - interval '1 microsecond' as at
    from asked
)
select
    device.encryption,
    device.device_name,
    device.serial_number,
    device.assigned_user_email,
    device.details_verified_after,
    device.observed_before as as_of_slot
from moment
cross join lateral (select distinct run.tenant from kandji.sync_run run) of
cross join lateral kandji.device_at(of.tenant, moment.at) device
where device.status = 'active'
  and device.platform = 'Mac'
  and device.encryption <> 'encrypted'
order by device.encryption, device.device_name, device.device_id
