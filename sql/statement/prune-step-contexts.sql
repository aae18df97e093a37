delete from batch.batch_step_execution_context
where step_execution_id in (
    select step.step_execution_id
    from batch.batch_step_execution step
    join batch.batch_job_execution execution on execution.job_execution_id = step.job_execution_id
    where execution.job_instance_id = any(:ids)
)
