update kandji.lease set run_id = :runId where tenant = :tenant
