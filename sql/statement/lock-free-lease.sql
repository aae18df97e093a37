-- FOR UPDATE waits for each transaction that passed the fence under the old token (FOR KEY SHARE) and is still in flight.
select token
from kandji.lease
where tenant = :tenant and expires_at <= clock_timestamp()
for update
