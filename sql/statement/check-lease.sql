-- The fence, and the bound on a transaction whose process was frozen behind it.
select set_config('idle_in_transaction_session_timeout', :idleTimeout, true)
from kandji.lease
where tenant = :tenant and token = :token
for key share
