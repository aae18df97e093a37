-- Who had which device, and when? Periods are half-open: from valid_from up to, but not at, valid_to.
-- Add a condition for one device: where upper(device.serial_number) = upper('C02…')
select
    device.serial_number,
    device.device_name,
    assignment.user_name,
    assignment.user_email,
    assignment.valid_from,
    assignment.valid_to
from kandji.device_assignment assignment
join kandji.device device using (tenant, device_id)
where assignment.access_type = 'assigned_user'
order by device.serial_number, device.device_id, assignment.valid_from
