select distinct username, user_name
from (
    select username, user_name
    from kandji.device_assignment
    where tenant = :tenant and access_type = 'local_account' and device_id = any(:deviceIds)
    union all
    select staged.username, staged.user_name
    from kandji.staged_assignment staged
    join kandji.sync_run run on run.run_id = staged.run_id
    where run.tenant = :tenant and staged.access_type = 'local_account' and staged.device_id = any(:deviceIds)
) account
order by username, user_name
