-- Comes after the devices are merged: new ones are there then. An attempt without a usable answer moves nothing but its time.
update kandji.device device
set udid = told.udid,
    model_identifier = told.model_identifier,
    is_supervised = told.is_supervised,
    filevault_enabled = told.filevault_enabled,
    details_as_of = coalesce(told.as_of, device.details_as_of),
    details_tried_at = told.tried_at,
    changed_slot = case when told.is_changed then :slot else device.changed_slot end
from told
where device.tenant = :tenant and device.device_id = told.device_id
