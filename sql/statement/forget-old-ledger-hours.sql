delete from kandji.request_ledger where tenant = :tenant and hour < :before
