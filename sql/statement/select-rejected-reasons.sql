select reason, count(*) as records, min(json_pointer) as json_pointer
from kandji.rejected_record
where run_id = :runId and source = 'list'
group by reason
order by 2 desc, 1
