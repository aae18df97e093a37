-- Listed devices that may vouch for the look-ups of absent ones: those whose details have waited longest since they
-- were answered, so that the request is well spent.
select listed.device_id
from kandji.device known
join (
    select distinct on (device_id) device_id, is_removed
    from kandji.staged_device
    where run_id = :runId
    order by device_id, position desc
) listed on listed.device_id = known.device_id
where known.tenant = :tenant and known.status = 'active' and listed.is_removed is not true
order by known.details_as_of nulls last, known.device_id
limit :most
