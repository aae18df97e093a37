insert into kandji.sync_run (run_id, tenant, slot, job_name, outcome, run_by, started_at)
values (:runId, :tenant, :slot, :jobName, 'running', :runBy, :now)
on conflict (run_id) do update set
    outcome = case when sync_run.outcome = 'published' then 'published' else 'running' end,
    run_by = excluded.run_by,
    exit_code = null,
    failed_step = null,
    cause = null,
    remedy = null,
    requests_used = coalesce(
        (select requests from kandji.run_requests where run_requests.run_id = excluded.run_id),
        sync_run.requests_used),
    finished_at = null
-- Where Spring Batch's tables were lost, its ids begin anew: what another run did is not written over.
where sync_run.tenant = excluded.tenant and sync_run.slot = excluded.slot
