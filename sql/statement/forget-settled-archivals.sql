-- What was held back, or accepted, is settled once the device is archived or in the fleet again; a row that was rejected tells
-- neither.
delete from kandji.held_archival held
where held.tenant = :tenant
  and not exists (
    select
    from departing
    where departing.device_id = held.device_id and not departing.is_unlisted
      and not exists (select from gone where gone.device_id = departing.device_id)
      and (:held or departing.reason = 'gone')
  )
  and not exists (
    select
    from kandji.rejected_record rejected
    where rejected.run_id = :runId and rejected.source = 'list' and rejected.device_id = held.device_id
  )
