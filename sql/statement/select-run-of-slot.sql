select * from kandji.sync_run where tenant = :tenant and slot = :slot
