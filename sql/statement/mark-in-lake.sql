update kandji.sync_run set lake_manifest = :manifest where run_id = :runId
