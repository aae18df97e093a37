delete from kandji.held_archival
where tenant = :tenant
  and accepted_at is null
  and slot < (
    select min(slot)
    from (
        select distinct slot from kandji.held_archival where tenant = :tenant order by slot desc limit 3
    ) kept
  )
