-- Not while a transaction is in flight that passed the fence under the old token (FOR KEY SHARE): then the row is skipped, as if
-- the lease were held, and whoever wants it looks again. A transaction whose process is frozen ends by its idle timeout.
select token
from kandji.lease
where tenant = :tenant and expires_at <= clock_timestamp()
for update skip locked
