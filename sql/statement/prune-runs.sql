delete from kandji.sync_run where tenant = :tenant and run_id = any(:ids)
