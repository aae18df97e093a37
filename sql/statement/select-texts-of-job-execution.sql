select ctid::text as row, null::text as device_id, exit_message
from batch.batch_job_execution
where job_instance_id in (select run_id from kandji.sync_run where tenant = :tenant)
