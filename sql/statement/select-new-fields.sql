select field
from kandji.field_drift
where tenant = :tenant and first_seen_slot = :slot
order by field
limit 20
