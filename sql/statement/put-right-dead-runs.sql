-- Whoever holds the lease is the only one at work: what others of the tenant left unended, their processes died in. What was
-- published stays published.
update kandji.sync_run run
set outcome = case when run.outcome = 'published' then 'published' else 'failed' end,
    failed_step = (
        select step.step_name
        from batch.batch_step_execution step
        join batch.batch_job_execution execution on execution.job_execution_id = step.job_execution_id
        where execution.job_instance_id = run.run_id
        order by step.step_execution_id desc
        limit 1
    ),
    cause = :cause,
    remedy = replace(:remedy, 'RUN_ID', run.run_id::text),
    requests_used = coalesce(
        (select requests from kandji.run_requests where run_requests.run_id = run.run_id),
        run.requests_used),
    finished_at = :now
where run.tenant = :tenant and run.finished_at is null
returning run.run_id
