delete from kandji.details_worklist where run_id = :runId
