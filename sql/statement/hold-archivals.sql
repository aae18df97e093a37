insert into kandji.held_archival (tenant, slot, device_id, reason)
select :tenant, :slot, device_id, reason
from departing
where not is_unlisted and not is_accepted
