delete from batch.batch_job_execution where job_instance_id = any(:ids)
