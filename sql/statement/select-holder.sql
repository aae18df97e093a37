select holder from kandji.lease where tenant = :tenant
