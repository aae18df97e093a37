update kandji.device device
set status = 'archived',
    archived_reason = 'gone',
    archived_at = :slot,
    absent_since_slot = coalesce(device.absent_since_slot, :slot),
    unlisted = false,
    changed_slot = :slot
from gone
where device.tenant = :tenant and device.device_id = gone.device_id
