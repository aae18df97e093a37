-- Users' ids changed from integers to UUIDs in 2025: the same e-mail on the same device is the same person, and no change.
update kandji.device_assignment assignment
set assignee_key = listed_assignment.assignee_key,
    user_id = listed_assignment.user_id,
    changed_slot = :slot
from listed_assignment
where assignment.tenant = :tenant
  and assignment.device_id = listed_assignment.device_id
  and assignment.access_type = 'assigned_user'
  and listed_assignment.access_type = 'assigned_user'
  and assignment.valid_to is null
  and assignment.assignee_key ~ '^[0-9]+$'
  and listed_assignment.assignee_key ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
  and assignment.user_email = listed_assignment.user_email
