-- Spring Batch's tables come without these: what belongs to a run is found, and deleted, by them.
create index batch_job_execution_by_instance on batch.batch_job_execution (job_instance_id);
create index batch_job_execution_params_by_execution on batch.batch_job_execution_params (job_execution_id);
create index batch_step_execution_by_execution on batch.batch_step_execution (job_execution_id);

create index rejected_record_by_time on kandji.rejected_record (tenant, rejected_at);
