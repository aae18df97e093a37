-- Which active devices have not checked in for 30 days, or are not listed any more, and who has them?
-- ask.day: looked at from this day's beginning, UTC; from now without it. The view kandji.stale_device has the same, always
-- from now.
with moment as (
    select coalesce(nullif(current_setting('ask.day', true), '')::timestamp at time zone 'UTC', now()) as at
)
select
    device.device_name,
    device.serial_number,
    device.platform,
    device.assigned_user_email,
    device.last_check_in,
    device.absent_since_slot
from moment
join kandji.active_device device
    on device.absent_since_slot is not null
    or coalesce(device.last_check_in, device.first_enrolled_at, device.first_seen_slot) < moment.at - interval '30 days'
order by device.last_check_in nulls first, device.device_name, device.device_id
