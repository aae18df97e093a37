-- Which Macs do several people use? Those with more than one local account, which are listed.
select
    account.device_name,
    account.serial_number,
    assigned.user_email as assigned_to,
    count(*) as accounts,
    string_agg(account.username, ', ' order by account.username) as usernames
from kandji.current_assignment account
left join kandji.current_assignment assigned
    on assigned.tenant = account.tenant
    and assigned.device_id = account.device_id
    and assigned.access_type = 'assigned_user'
where account.access_type = 'local_account'
group by account.tenant, account.device_id, account.device_name, account.serial_number, assigned.user_email
having count(*) > 1
order by accounts desc, account.device_name, account.device_id
