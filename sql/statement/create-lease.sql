insert into kandji.lease (tenant, token, holder, acquired_at, renewed_at, expires_at)
values (:tenant, 0, 'nobody', clock_timestamp(), clock_timestamp(), clock_timestamp())
on conflict (tenant) do nothing
