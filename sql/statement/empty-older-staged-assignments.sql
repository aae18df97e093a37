-- Of runs that nobody will go on with: a newer slot is published.
delete from kandji.staged_assignment
where run_id in (select run_id from kandji.sync_run where tenant = :tenant and slot < :slot)
