-- The active devices that may be about to leave the fleet: the listing says that they are removed, or does not show
-- them. One whose row was rejected was shown all the same.
create temporary table departing on commit drop as
select
    departing.device_id,
    departing.reason,
    departing.is_unlisted,
    departing.details_as_of,
    departing.details_tried_at,
    coalesce(held.is_accepted, false) as is_accepted,
    held.device_id is not null and not held.is_accepted as is_held
from (
    select device_id, 'removed' as reason, false as is_unlisted,
        null::timestamptz as details_as_of, null::timestamptz as details_tried_at
    from listed
    where is_leaving
    union all
    select known.device_id, 'gone', known.unlisted, known.details_as_of, known.details_tried_at
    from kandji.device known
    where known.tenant = :tenant
      and known.status = 'active'
      and not exists (select from listed where listed.device_id = known.device_id)
      and not exists (
        select
        from kandji.rejected_record rejected
        where rejected.run_id = :runId and rejected.source = 'list' and rejected.device_id = known.device_id
      )
) departing
left join (
    select device_id, bool_or(accepted_at is not null) as is_accepted
    from kandji.held_archival
    where tenant = :tenant
    group by device_id
) held on held.device_id = departing.device_id
