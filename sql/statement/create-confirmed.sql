-- The absent devices whose absence is confirmed: the tenant knows no such device, and among the look-ups it answered for a
-- listed device both before it said so of the first and after it said so of the last. Details that were asked for later vouch
-- for nothing: where the look-ups ended because no listed device could be had, a tenant that recovers must not make them true.
-- The two bounds are scalars, so that they are found once, whatever the statistics say.
create temporary table confirmed on commit drop as
with witness as (
    select min(staged.position) as first_position, max(staged.position) as last_position
    from kandji.staged_details staged
    join listed on listed.device_id = staged.device_id
    where staged.run_id = :runId and staged.verdict = 'there' and staged.position < 0
)
select distinct departing.device_id, departing.is_unlisted
from departing
join kandji.staged_details lookup
    on lookup.run_id = :runId and lookup.device_id = departing.device_id and lookup.verdict = 'unknown'
where :mayArchive
  and departing.reason = 'gone'
  and lookup.position > (select first_position from witness)
  and lookup.position <= (select last_position from witness)
