-- What is left of the share, and of what the tenant's limit leaves above a tenth of it: least() passes over the second
-- where the tenant told no limit. The lock makes processes take turns.
with seen as (
    select
        ledger.requests_granted,
        coalesce(cast(:requestsSeen as bigint), ledger.requests_seen) as requests_seen,
        coalesce(cast(:remaining as bigint), ledger.remaining_hour) as remaining_hour,
        coalesce(cast(:limit as bigint), ledger.limit_hour) as limit_hour,
        coalesce(cast(:seenAt as timestamptz), ledger.seen_at) as seen_at,
        block.blocked_until
    from kandji.request_ledger ledger
    left join kandji.request_block block on block.tenant = ledger.tenant and block.blocked_until > :now
    where ledger.tenant = :tenant and ledger.hour = :hour
    for update of ledger
),
debit as (
    select
        seen.*,
        case
            when blocked_until is not null then 0
            else greatest(0, least(
                :block,
                :share - requests_granted,
                requests_seen + remaining_hour - (limit_hour + 9) / 10 - requests_granted))
        end as granted
    from seen
)
update kandji.request_ledger ledger
set requests_granted = ledger.requests_granted + debit.granted,
    requests_seen = debit.requests_seen,
    remaining_hour = debit.remaining_hour,
    limit_hour = debit.limit_hour,
    seen_at = debit.seen_at
from debit
where ledger.tenant = :tenant and ledger.hour = :hour
returning
    debit.granted,
    ledger.requests_granted,
    ledger.requests_seen,
    ledger.remaining_hour,
    ledger.limit_hour,
    ledger.seen_at,
    debit.blocked_until
