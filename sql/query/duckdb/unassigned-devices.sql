-- Which active devices does nobody have? Reads the newest snapshot.
select device.device_name, device.serial_number, device.platform, device.model, device.last_check_in
from device
where device.status = 'active'
  and not exists (
    select 1
    from assignment assigned
    where assigned.tenant = device.tenant
      and assigned.device_id = device.device_id
      and assigned.access_type = 'assigned_user'
  )
order by device.last_check_in desc nulls last, device.device_name, device.device_id;
