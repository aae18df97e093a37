update kandji.sync_run set lake_manifest = null where tenant = :tenant and slot = :slot
