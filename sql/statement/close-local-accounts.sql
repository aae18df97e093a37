-- Of each device whose details answer told the local accounts: those that are gone, or of which a fact changed.
update kandji.device_assignment assignment
set valid_to = :slot,
    changed_slot = :slot
from told
where told.has_accounts
  and told.status = 'active'
  and assignment.tenant = :tenant
  and assignment.device_id = told.device_id
  and assignment.access_type = 'local_account'
  and assignment.valid_to is null
  and not exists (
    select
    from listed_assignment
    where listed_assignment.device_id = assignment.device_id
      and listed_assignment.access_type = 'local_account'
      and listed_assignment.assignee_key = assignment.assignee_key
      and (listed_assignment.user_name, listed_assignment.is_admin)
          is not distinct from (assignment.user_name, assignment.is_admin)
  )
