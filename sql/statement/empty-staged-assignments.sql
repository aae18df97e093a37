delete from kandji.staged_assignment where run_id = :runId
