-- The absent devices whose absence is confirmed: the tenant knows no such device, and it answered for a listed device
-- both before it said so of the first and after it said so of the last.
create temporary table gone on commit drop as
select distinct departing.device_id
from departing
join kandji.staged_details lookup
    on lookup.run_id = :runId and lookup.device_id = departing.device_id and lookup.verdict = 'unknown'
cross join (
    select min(staged.position) as first_position, max(staged.position) as last_position
    from kandji.staged_details staged
    join listed on listed.device_id = staged.device_id
    where staged.run_id = :runId and staged.verdict = 'there'
) witness
where :mayArchive
  and departing.reason = 'gone'
  and lookup.position > witness.first_position
  and lookup.position <= witness.last_position
