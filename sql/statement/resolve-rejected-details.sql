update kandji.rejected_record rejected
set resolved_at = :now
from told
where told.as_of is not null
  and rejected.tenant = :tenant
  and rejected.device_id = told.device_id
  and rejected.source = 'details'
  and rejected.resolved_at is null
