select max(slot) from kandji.sync_run where tenant = :tenant
