select count(*)
from kandji.staged_assignment
where run_id in (select run_id from kandji.sync_run where tenant = :tenant)
  and (user_email = any(:emails) or user_id = any(:userIds)
    or access_type = 'local_account' and device_id = any(:deviceIds) and username = any(:usernames))
