update batch.batch_job_execution
set exit_message = :exit_message
where ctid = cast(:row as tid)
