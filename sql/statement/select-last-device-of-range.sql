-- The last of the next devices, in the order of their ids; NULL when there are none.
select max(device_id)
from (
    select device_id from kandji.device
    where tenant = :tenant and device_id > :after
    order by device_id
    limit :most
) following
