select exists (
    select from kandji.lease where tenant = :tenant and run_id = :runId and expires_at > clock_timestamp()
)
