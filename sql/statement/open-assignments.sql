-- Comes after the closing: what is open now is unchanged, and what is listed but not open begins with this slot.
insert into kandji.device_assignment (
    tenant, device_id, access_type, assignee_key,
    user_id, user_email, user_name, user_is_archived, username, is_admin,
    valid_from, changed_slot
)
select
    :tenant, device_id, access_type, assignee_key,
    user_id, user_email, user_name, user_is_archived, username, is_admin,
    :slot, :slot
from listed_assignment
where not exists (
    select
    from kandji.device_assignment assignment
    where assignment.tenant = :tenant
      and assignment.device_id = listed_assignment.device_id
      and assignment.access_type = listed_assignment.access_type
      and assignment.assignee_key = listed_assignment.assignee_key
      and assignment.valid_to is null
)
