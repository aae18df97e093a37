-- The newest runs of a tenant as an operator looks at them; beside each the step that it is in, or was in last.
select
    run.*,
    coalesce(counted.requests, run.requests_used) as requests,
    step.step_name as last_step,
    exists (
        select
        from kandji.lease
        where lease.tenant = run.tenant and lease.run_id = run.run_id and lease.expires_at > clock_timestamp()
    ) as is_at_work
from (
    select * from kandji.sync_run where tenant = :tenant order by slot desc limit :most
) run
left join kandji.run_requests counted on counted.run_id = run.run_id
left join lateral (
    select step.step_name
    from batch.batch_step_execution step
    join batch.batch_job_execution execution on execution.job_execution_id = step.job_execution_id
    where execution.job_instance_id = run.run_id
    order by step.step_execution_id desc
    limit 1
) step on true
order by run.slot desc
