select
    coalesce(platform, 'unknown') as platform,
    count(*) as devices,
    count(*) filter (where first_seen_slot = :slot) as new,
    count(*) filter (where changed_slot = :slot and first_seen_slot < :slot) as changed
from kandji.device
where tenant = :tenant and status = 'active'
group by 1
order by 2 desc, 1
