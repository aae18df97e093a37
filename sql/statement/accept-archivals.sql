update kandji.held_archival
set accepted_at = :now
where tenant = :tenant and slot = :slot and accepted_at is null
