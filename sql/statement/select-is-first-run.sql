select not exists (
    select
    from kandji.sync_run
    where tenant = :tenant and outcome = 'published' and slot < :slot
)
