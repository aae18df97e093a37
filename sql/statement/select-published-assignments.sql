-- Open ones only: those that hold at the slot. The keys are collated "C": the order is that of their bytes.
select
    device_id, access_type, assignee_key, user_id, user_email, user_name, user_is_archived, username, is_admin,
    valid_from, valid_to, changed_slot
from kandji.device_assignment
where tenant = :tenant and valid_to is null
order by device_id, access_type, assignee_key
