-- Not shown, and not confirmed to be gone: such a device stays as it is. Where the tenant still answers for it, it is
-- known to be there; where it knows such a device no more, it is not. A row that says so already is left alone.
update kandji.device device
set absent_since_slot = coalesce(device.absent_since_slot, :slot),
    unlisted = (device.unlisted or lookup.device_id is not null) and confirmed.device_id is null
from departing
left join (
    select distinct device_id from kandji.staged_details where run_id = :runId and verdict = 'there'
) lookup on lookup.device_id = departing.device_id
left join confirmed on confirmed.device_id = departing.device_id
where departing.reason = 'gone'
  and device.tenant = :tenant
  and device.device_id = departing.device_id
  and not exists (select from gone where gone.device_id = departing.device_id)
  and (
    device.absent_since_slot is null
    or lookup.device_id is not null and not device.unlisted
    or confirmed.device_id is not null and device.unlisted
  )
