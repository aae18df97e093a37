-- Who has more than one device of the same platform?
select
    device.assigned_user_name,
    device.assigned_user_email,
    device.platform,
    count(*) as devices,
    string_agg(device.serial_number, ', ' order by device.serial_number) as serial_numbers
from kandji.active_device device
where device.assigned_user_id is not null
group by
    device.tenant, device.assigned_user_id, device.assigned_user_name, device.assigned_user_email, device.platform
having count(*) > 1
order by devices desc, device.assigned_user_name, device.platform
