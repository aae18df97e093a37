-- The first details of a device fill the row that is open: before them its columns were unknown, not different.
update kandji.device_history history
set udid = told.udid,
    model_identifier = told.model_identifier,
    is_supervised = told.is_supervised,
    filevault_enabled = told.filevault_enabled,
    details_first_as_of = told.as_of
from told
where told.is_first
  and history.tenant = :tenant
  and history.device_id = told.device_id
  and history.valid_to is null
  and history.valid_from < :slot
