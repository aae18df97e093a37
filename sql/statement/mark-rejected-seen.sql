-- A device whose row was rejected was listed all the same: it keeps its last good row and is not absent.
update kandji.device device
set absent_since_slot = null,
    unlisted = false,
    last_seen_slot = :slot
from kandji.rejected_record rejected
where rejected.run_id = :runId
  and rejected.source = 'list'
  and device.tenant = :tenant
  and device.device_id = rejected.device_id
  and not exists (select from listed where listed.device_id = rejected.device_id)
