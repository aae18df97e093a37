-- Of each listed device: the assigned user who is no longer so, or of whom a fact changed. Of a removed one: everybody.
update kandji.device_assignment assignment
set valid_to = :slot,
    changed_slot = :slot
from listed
where assignment.tenant = :tenant
  and assignment.device_id = listed.device_id
  and assignment.valid_to is null
  and (
    listed.status = 'archived'
    or assignment.access_type = 'assigned_user' and not exists (
        select
        from listed_assignment
        where listed_assignment.device_id = assignment.device_id
          and listed_assignment.access_type = assignment.access_type
          and listed_assignment.assignee_key = assignment.assignee_key
          and (
            listed_assignment.user_id, listed_assignment.user_email,
            listed_assignment.user_name, listed_assignment.user_is_archived
          ) is not distinct from (
            assignment.user_id, assignment.user_email, assignment.user_name, assignment.user_is_archived
          )
    )
  )
