delete from kandji.erasure_in_hand where tenant = :tenant
