select rank, device_id
from kandji.details_worklist
where run_id = :runId and rank > :after
order by rank
limit :most
