update kandji.run_requests set requests = requests - :unspent where run_id = :runId
