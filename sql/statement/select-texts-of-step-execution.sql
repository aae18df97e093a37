select ctid::text as row, null::text as device_id, exit_message
from batch.batch_step_execution
where job_execution_id in (
    select execution.job_execution_id
    from batch.batch_job_execution execution
    join kandji.sync_run run on run.run_id = execution.job_instance_id
    where run.tenant = :tenant
)
