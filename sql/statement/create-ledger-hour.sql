insert into kandji.request_ledger (tenant, hour) values (:tenant, :hour) on conflict (tenant, hour) do nothing
