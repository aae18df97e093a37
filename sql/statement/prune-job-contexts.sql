delete from batch.batch_job_execution_context
where job_execution_id in (
    select execution.job_execution_id from batch.batch_job_execution execution where execution.job_instance_id = any(:ids)
)
