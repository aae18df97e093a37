select * from kandji.sync_run where tenant = :tenant and job_name = :jobName order by slot desc limit 1
