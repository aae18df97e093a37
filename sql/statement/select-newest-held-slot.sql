select max(slot) from kandji.held_archival where tenant = :tenant
