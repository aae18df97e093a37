-- What Kandji told last and nothing has contradicted since: the next run may bring it back.
select count(*)
from kandji.device_assignment
where tenant = :tenant and valid_to is null and (user_email = any(:emails) or user_id = any(:userIds))
