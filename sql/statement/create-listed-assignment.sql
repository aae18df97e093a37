-- Who has access now: the assigned user that came with the last row of each device, and the local accounts that came with
-- its last details answer; of devices that are not removed.
create temporary table listed_assignment on commit drop as
select staged.*
from kandji.staged_assignment staged
join listed on listed.device_id = staged.device_id and listed.position = staged.position
where staged.run_id = :runId and staged.access_type = 'assigned_user' and listed.status = 'active'
union all
select staged.*
from kandji.staged_assignment staged
join told on told.device_id = staged.device_id and told.position = staged.position
where staged.run_id = :runId
  and staged.access_type = 'local_account'
  and told.has_accounts
  and told.status = 'active'
