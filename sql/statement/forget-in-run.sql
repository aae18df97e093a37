update kandji.sync_run
set cause = :cause,
    remedy = :remedy
where ctid = cast(:row as tid)
