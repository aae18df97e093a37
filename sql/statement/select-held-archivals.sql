select
    held.device_id, held.reason, held.accepted_at,
    device.device_name, device.serial_number, device.platform, device.last_check_in, device.last_seen_slot,
    assigned.user_email,
    count(*) over () as devices
from kandji.held_archival held
join kandji.device device on device.tenant = held.tenant and device.device_id = held.device_id
left join kandji.device_assignment assigned
    on assigned.tenant = held.tenant
    and assigned.device_id = held.device_id
    and assigned.access_type = 'assigned_user'
    and assigned.valid_to is null
where held.tenant = :tenant and held.slot = :slot
order by held.reason, device.device_name, held.device_id
limit :most
