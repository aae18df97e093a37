select ctid::text as row, device_id, reason, payload
from kandji.rejected_record
where tenant = :tenant
