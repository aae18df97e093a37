-- With how many there are in all.
select run.run_id, count(*) over () as runs
from kandji.sync_run run
where run.tenant = :tenant
  and run.slot < :before
  and run.outcome <> 'running'
  and run.slot < (
    select max(newest.slot)
    from kandji.sync_run newest
    where newest.tenant = :tenant and newest.outcome = 'published'
  )
  -- Published runs say what was observed: they stay as long as history or files of their slots do, and one more, which is
  -- the observation before the first that history knows.
  and (run.outcome <> 'published' or (run.lake_manifest is null or run.slot < :lakeBefore) and run.slot < (
    select max(observed.slot)
    from kandji.sync_run observed
    where observed.tenant = :tenant
      and observed.outcome = 'published'
      and observed.slot < greatest(:historyBefore, (
        select horizon.known_from from kandji.history_horizon horizon where horizon.tenant = :tenant
      ))
  ))
  -- What Spring Batch holds of a run goes before its record.
  and coalesce(run.finished_at, run.started_at) < :batchBefore
order by run.slot
limit :most
