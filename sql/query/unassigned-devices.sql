-- Which active devices does nobody have?
select device.device_name, device.serial_number, device.platform, device.model, device.last_check_in
from kandji.device device
where device.status = 'active'
  and not exists (
    select
    from kandji.device_assignment assignment
    where assignment.tenant = device.tenant
      and assignment.device_id = device.device_id
      and assignment.access_type = 'assigned_user'
      and assignment.valid_to is null
  )
order by device.last_check_in desc nulls last, device.device_id
