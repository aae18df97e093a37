-- Which active devices have not checked in for 30 days, and who has them?
select
    device.device_name,
    device.serial_number,
    device.platform,
    device.last_check_in,
    device.is_missing,
    assignment.user_email
from kandji.device device
left join kandji.device_assignment assignment
    on assignment.tenant = device.tenant
    and assignment.device_id = device.device_id
    and assignment.access_type = 'assigned_user'
    and assignment.valid_to is null
where device.status = 'active'
  and (device.last_check_in is null or device.last_check_in < now() - interval '30 days')
order by device.last_check_in nulls first, device.device_id
