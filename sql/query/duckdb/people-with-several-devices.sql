-- Who has more than one device of the same platform? Reads the newest snapshot.
select
    assigned.user_name as assigned_user_name,
    assigned.user_email as assigned_user_email,
    device.platform,
    count(*) as devices,
    string_agg(device.serial_number, ', ' order by device.serial_number) as serial_numbers
from device
join assignment assigned using (tenant, device_id)
where device.status = 'active' and assigned.access_type = 'assigned_user'
group by device.tenant, assigned.user_id, assigned.user_name, assigned.user_email, device.platform
having count(*) > 1
order by devices desc, assigned.user_name, device.platform;
