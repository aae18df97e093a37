select * from kandji.sync_run where run_id = :runId and tenant = :tenant and slot = :slot
