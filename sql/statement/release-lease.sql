update kandji.lease set expires_at = clock_timestamp() where tenant = :tenant and token = :token
