select begun_at from kandji.erasure_in_hand where tenant = :tenant
