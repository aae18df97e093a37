-- Comes before the devices are merged: a closed row keeps the check-in and the details' age that the device had. A device
-- that changed both in the listing and in its details has one row closed.
update kandji.device_history history
set valid_to = :slot,
    last_check_in = known.last_check_in,
    details_as_of = known.details_as_of
from kandji.device known
left join listed on listed.device_id = known.device_id
left join told on told.device_id = known.device_id
left join gone on gone.device_id = known.device_id
where known.tenant = :tenant
  and (listed.is_changed or told.is_changed or gone.device_id is not null)
  and history.tenant = :tenant
  and history.device_id = known.device_id
  and history.valid_to is null
