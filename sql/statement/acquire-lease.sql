update kandji.lease
set token = token + 1,
    holder = :holder,
    run_id = null,
    stop_requested = false,
    acquired_at = clock_timestamp(),
    renewed_at = clock_timestamp(),
    expires_at = clock_timestamp() + make_interval(secs => :seconds)
where tenant = :tenant
returning token
