-- Which absent devices are looked up, the oldest attempt first. One that is known to be there though it is not listed is
-- looked up again only when that would be too long ago before the next slot.
with wanted as materialized (
    select
        device_id,
        row_number() over (order by details_tried_at nulls first, device_id) as place,
        count(*) over () as total
    from departing
    where reason = 'gone'
      and case
        when is_unlisted then coalesce(greatest(details_as_of, details_tried_at) < :tooOldBefore, true)
        else :mayArchive
      end
), chosen as (
    insert into kandji.details_worklist (run_id, rank, device_id)
    select :runId, place - least(total, :most) - 1, device_id from wanted where place <= :most
)
select count(*) from wanted
