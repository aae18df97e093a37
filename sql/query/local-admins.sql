-- Who is an administrator of which Mac, by local account?
select
    account.username,
    account.user_name,
    account.device_name,
    account.serial_number,
    assigned.user_email as assigned_to,
    account.valid_from as since_slot
from kandji.current_assignment account
left join kandji.current_assignment assigned
    on assigned.tenant = account.tenant
    and assigned.device_id = account.device_id
    and assigned.access_type = 'assigned_user'
where account.access_type = 'local_account'
  and account.is_admin
order by account.username, account.device_name, account.device_id
