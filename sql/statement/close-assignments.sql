-- Of each listed device: the assigned user who is no longer so, or of whom a fact changed. Of a removed one: everybody.
-- A listing names one assigned user a device at most.
update kandji.device_assignment assignment
set valid_to = :slot,
    changed_slot = :slot
from listed
left join listed_assignment now_assigned
    on now_assigned.device_id = listed.device_id and now_assigned.access_type = 'assigned_user'
where assignment.tenant = :tenant
  and assignment.device_id = listed.device_id
  and assignment.valid_to is null
  and (
    listed.status = 'archived'
    or assignment.access_type = 'assigned_user' and (
        now_assigned.assignee_key, now_assigned.user_id, now_assigned.user_email, now_assigned.user_name,
        now_assigned.user_is_archived
    ) is distinct from (
        assignment.assignee_key, assignment.user_id, assignment.user_email, assignment.user_name,
        assignment.user_is_archived
    )
  )
