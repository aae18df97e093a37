delete from kandji.staged_details where run_id = :runId
