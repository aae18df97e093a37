-- Who is an administrator of which Mac, by local account? Reads the newest snapshot.
select
    account.username,
    account.user_name,
    device.device_name,
    device.serial_number,
    assigned.user_email as assigned_to,
    account.valid_from as since_slot
from device
join assignment account using (tenant, device_id)
left join assignment assigned
    on assigned.tenant = device.tenant
    and assigned.device_id = device.device_id
    and assigned.access_type = 'assigned_user'
where account.access_type = 'local_account' and account.is_admin
order by account.username, device.device_name, device.device_id;
