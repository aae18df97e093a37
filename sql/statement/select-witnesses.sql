-- Listed devices that may vouch for the look-ups of absent ones: of some, those whose details have waited longest since
-- they were answered, so that the request is well spent. One look at each by its key, whatever the statistics say.
with sampled as materialized (
    select device_id
    from kandji.staged_device
    where run_id = :runId and is_removed is not true
    order by position
    limit 500
)
select sampled.device_id
from sampled
cross join lateral (
    select details_as_of
    from kandji.device
    where tenant = :tenant and device_id = sampled.device_id and status = 'active'
    offset 0
) known
order by known.details_as_of nulls last, sampled.device_id
limit :most
