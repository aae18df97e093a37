select count(*)
from kandji.device_assignment
where tenant = :tenant
  and (user_email = any(:emails) or user_id = any(:userIds)
    or access_type = 'local_account' and device_id = any(:deviceIds) and username = any(:usernames))
