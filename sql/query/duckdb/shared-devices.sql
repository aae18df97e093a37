-- Which Macs do several people use? Those with more than one local account, which are listed. Reads the newest snapshot.
select
    device.device_name,
    device.serial_number,
    max(access.user_email) filter (where access.access_type = 'assigned_user') as assigned_to,
    count(access.username) as accounts,
    string_agg(access.username, ', ' order by access.username) as usernames
from device
join assignment access using (tenant, device_id)
group by device.tenant, device.device_id, device.device_name, device.serial_number
having count(access.username) > 1
order by accounts desc, device.device_name, device.device_id;
