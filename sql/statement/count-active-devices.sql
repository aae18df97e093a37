select count(*) from kandji.device where tenant = :tenant and status = 'active'
