select exists (
    select from kandji.sync_run where tenant = :tenant and lake_manifest is not null
)
