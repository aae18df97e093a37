delete from batch.batch_job_instance where job_instance_id = any(:ids)
