-- Listed devices that may vouch for the look-ups of absent ones: of some, those whose last request was answered, so that a few
-- devices that never answer don't stand before all others; and of these the ones whose details have waited longest, so that the
-- request is well spent. One look at each by its key, whatever the statistics say.
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
    select details_as_of, coalesce(details_tried_at > details_as_of, true) as has_failed
    from kandji.device
    where tenant = :tenant and device_id = sampled.device_id and status = 'active'
    offset 0
) known
order by known.has_failed, known.details_as_of nulls last, sampled.device_id
limit :most
