select
    count(*) filter (where is_new or is_changed) as changed,
    count(*) filter (where status = 'archived' and (is_new or is_changed) and not exists (
        select
        from kandji.device known
        where known.tenant = :tenant and known.device_id = listed.device_id and known.status = 'archived'
    )) as archived
from listed
