select
    count(*) filter (where status = 'active') as active,
    count(*) filter (where status = 'archived') as archived,
    (
        select count(*)
        from kandji.device_assignment
        where tenant = :tenant and valid_to is null and access_type = 'assigned_user'
    ) as assigned,
    (
        select count(distinct assignee_key)
        from kandji.device_assignment
        where tenant = :tenant and valid_to is null and access_type = 'assigned_user'
    ) as people
from kandji.device
where tenant = :tenant
