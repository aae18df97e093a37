update kandji.rejected_record
set reason = :reason,
    payload = :payload
where ctid = cast(:row as tid)
