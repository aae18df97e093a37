-- Which devices do people still have who are archived in Kandji?
select
    device.assigned_user_name,
    device.assigned_user_email,
    device.device_name,
    device.serial_number,
    device.platform,
    device.last_check_in
from kandji.active_device device
where device.assigned_user_is_archived
order by device.assigned_user_name, device.device_name, device.device_id
