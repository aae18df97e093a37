-- What was published stays published, whatever came after.
update kandji.sync_run
set outcome = case when outcome = 'published' then 'published' else :outcome end,
    exit_code = :exitCode,
    failed_step = :failedStep,
    cause = :cause,
    remedy = :remedy,
    requests_used = coalesce(
        (select requests from kandji.run_requests where run_requests.run_id = sync_run.run_id),
        requests_used),
    finished_at = :now
where run_id = :runId and tenant = :tenant and slot = :slot
