-- Which devices do people still have who are archived in Kandji? Reads the newest snapshot.
select
    assigned.user_name as assigned_user_name,
    assigned.user_email as assigned_user_email,
    device.device_name,
    device.serial_number,
    device.platform,
    device.last_check_in
from device
join assignment assigned using (tenant, device_id)
where device.status = 'active' and assigned.access_type = 'assigned_user' and assigned.user_is_archived
order by assigned.user_name, device.device_name, device.device_id;
