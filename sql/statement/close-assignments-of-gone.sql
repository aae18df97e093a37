update kandji.device_assignment assignment
set valid_to = :slot,
    changed_slot = :slot
from gone
where assignment.tenant = :tenant and assignment.device_id = gone.device_id and assignment.valid_to is null
