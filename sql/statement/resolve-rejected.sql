update kandji.rejected_record rejected
set resolved_at = :now
from listed
where rejected.tenant = :tenant
  and rejected.device_id = listed.device_id
  and rejected.source = 'list'
  and rejected.run_id <> :runId
  and rejected.resolved_at is null
