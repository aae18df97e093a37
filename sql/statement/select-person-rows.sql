-- What is known of a person by e-mails and ids, staged rows included.
select distinct device_id, user_id, user_email, user_name
from (
    select device_id, user_id, user_email, user_name
    from kandji.device_assignment
    where tenant = :tenant and (user_email = any(:emails) or user_id = any(:userIds))
    union all
    select staged.device_id, staged.user_id, staged.user_email, staged.user_name
    from kandji.staged_assignment staged
    join kandji.sync_run run on run.run_id = staged.run_id
    where run.tenant = :tenant and (staged.user_email = any(:emails) or staged.user_id = any(:userIds))
) known
