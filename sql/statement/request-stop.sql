update kandji.lease
set stop_requested = true
where tenant = :tenant and run_id = :runId and expires_at > clock_timestamp()
returning holder
