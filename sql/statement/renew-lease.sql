update kandji.lease
set renewed_at = clock_timestamp(),
    expires_at = clock_timestamp() + make_interval(secs => :seconds)
where tenant = :tenant and token = :token
returning stop_requested
