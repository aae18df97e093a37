-- Which active devices have not checked in for 30 days, or are not listed any more, and who has them? Reads the newest
-- snapshot.
-- day: looked at from this day's beginning, UTC; from now where it is not set.
select
    device.device_name,
    device.serial_number,
    device.platform,
    assigned.user_email as assigned_user_email,
    device.last_check_in,
    device.absent_since_slot
from device
left join assignment assigned
    on assigned.tenant = device.tenant
    and assigned.device_id = device.device_id
    and assigned.access_type = 'assigned_user'
where device.status = 'active'
  and (device.absent_since_slot is not null
    or coalesce(device.last_check_in, device.first_enrolled_at, device.first_seen_slot)
        < coalesce(getvariable('day')::timestamptz, now()) - interval 30 days)
order by device.last_check_in nulls first, device.device_name, device.device_id;
