-- What Spring Batch holds of runs that are over, with how many there are in all; of the newest published run, which status
-- tells of, and of those after it, which may go on, it stays.
select run.run_id, count(*) over () as runs
from kandji.sync_run run
join batch.batch_job_instance instance on instance.job_instance_id = run.run_id
where run.tenant = :tenant
  and coalesce(run.finished_at, run.started_at) < :before
  and run.slot < (
    select max(newest.slot)
    from kandji.sync_run newest
    where newest.tenant = :tenant and newest.outcome = 'published'
  )
order by run.slot
limit :most
