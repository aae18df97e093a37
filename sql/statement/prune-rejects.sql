delete from kandji.rejected_record
where ctid = any(array(
    select ctid from kandji.rejected_record where tenant = :tenant and rejected_at < :before limit :most
))
