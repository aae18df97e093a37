select count(*) from kandji.rejected_record where tenant = :tenant and rejected_at < :before
