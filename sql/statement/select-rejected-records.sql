-- Of one run, or of the tenant's newest run that rejected any.
select run_id, slot, source, device_id, reason, json_pointer, payload, rejected_at, resolved_at
from kandji.rejected_record
where tenant = :tenant
  and run_id = coalesce(cast(:runId as bigint), (
    select run_id from kandji.rejected_record where tenant = :tenant order by slot desc limit 1
  ))
order by source, device_id nulls first, payload
