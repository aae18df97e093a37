-- Rejected are devices that have no good row in the same listing; a record without a readable id counts as a device.
select
    accepted.devices as accepted,
    rejected.devices as rejected
from (
    select count(distinct device_id) as devices from kandji.staged_device where run_id = :runId
) accepted,
(
    select count(*) as devices
    from kandji.rejected_record record
    where record.run_id = :runId
      and record.source = 'list'
      and not exists (
        select
        from kandji.staged_device staged
        where staged.run_id = :runId and staged.device_id = record.device_id
      )
) rejected
