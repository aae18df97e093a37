delete from kandji.staged_device where run_id = :runId
