-- Which devices joined the fleet in a month, and which left it?
-- ask.month: its first day; the month before this one without it. Months are UTC. What the tenant's very first slot showed
-- did not join then: it was there before. Of a month whose history was pruned there is no answer.
with asked as (
    select coalesce(
        nullif(current_setting('ask.month', true), '')::timestamp,
        date_trunc('month', now() at time zone 'UTC') - interval '1 month') as month
), month as (
    select
        asked.month at time zone 'UTC' as begins,
        (asked.month + interval '1 month') at time zone 'UTC' as ends
    from asked
)
select
    case
        when history.status = 'archived' then 'left'
        when former.status is null then 'joined'
        else 'returned'
    end as what,
    history.valid_from as slot,
    history.device_name,
    history.serial_number,
    history.platform,
    history.archived_reason
from month
join kandji.device_history history
    on history.valid_from >= month.begins
    and history.valid_from < month.ends
left join kandji.device_history former
    on former.tenant = history.tenant
    and former.device_id = history.device_id
    and former.valid_to = history.valid_from
where (history.status = 'active' and former.status is distinct from 'active'
    or history.status = 'archived' and former.status = 'active')
  and history.valid_from > (
    select min(run.slot)
    from kandji.sync_run run
    where run.tenant = history.tenant and run.outcome = 'published'
  )
  and not exists (
    select
    from kandji.history_horizon horizon
    where horizon.tenant = history.tenant and horizon.known_from > month.begins
  )
order by what, history.valid_from, history.device_name, history.device_id
