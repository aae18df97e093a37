-- Which active devices does nobody have?
select device.device_name, device.serial_number, device.platform, device.model, device.last_check_in
from kandji.active_device device
where device.assigned_user_id is null
order by device.last_check_in desc nulls last, device.device_name, device.device_id
