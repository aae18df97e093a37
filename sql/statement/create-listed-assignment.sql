-- Who the listing says has access now: what came with the last row of each device that is not removed.
create temporary table listed_assignment on commit drop as
select staged.*
from kandji.staged_assignment staged
join listed on listed.device_id = staged.device_id and listed.position = staged.position
where staged.run_id = :runId and listed.status = 'active'
