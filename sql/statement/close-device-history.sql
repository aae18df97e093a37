-- Comes before the devices are merged: a closed row keeps the check-in and the details' age that the device had.
update kandji.device_history history
set valid_to = :slot,
    last_check_in = known.last_check_in,
    details_as_of = known.details_as_of
from listed
join kandji.device known on known.tenant = :tenant and known.device_id = listed.device_id
where listed.is_changed
  and history.tenant = :tenant
  and history.device_id = listed.device_id
  and history.valid_to is null
