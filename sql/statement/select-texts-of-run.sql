select ctid::text as row, null::text as device_id, cause, remedy
from kandji.sync_run
where tenant = :tenant
