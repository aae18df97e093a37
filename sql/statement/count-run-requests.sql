insert into kandji.run_requests as counted (run_id, requests)
values (:runId, :requests)
on conflict (run_id) do update set requests = counted.requests + excluded.requests
