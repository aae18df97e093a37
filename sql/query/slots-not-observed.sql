-- In which slots was the fleet not observed?
-- ask.since, ask.until: from when up to when, UTC; the last 30 days without them. ask.slot_length: 2 hours without it. A
-- slot was observed when one was published in its time; before a tenant's first one nothing is missing.
with asked as (
    select
        coalesce(
            nullif(current_setting('ask.since', true), '')::timestamp at time zone 'UTC', now() - interval '30 days'
        ) as since,
        coalesce(nullif(current_setting('ask.until', true), '')::timestamp at time zone 'UTC', now()) as until,
        coalesce(nullif(current_setting('ask.slot_length', true), ''), '2 hours')::interval as slot_length
), slot as (
    select
        of.tenant,
        slot.begins,
        slot.begins + asked.slot_length as ends
    from asked
    cross join lateral (
        select run.tenant, min(run.slot) as first
        from kandji.sync_run run
        where run.outcome = 'published'
        group by run.tenant
    ) of
    cross join lateral generate_series(
        date_bin(asked.slot_length, greatest(asked.since, of.first), timestamptz '2000-01-01 00:00Z'),
        asked.until - asked.slot_length,
        asked.slot_length
    ) slot (begins)
)
select slot.tenant, slot.begins as slot, tried.outcome, tried.cause
from slot
left join lateral (
    select run.outcome, run.cause
    from kandji.sync_run run
    where run.tenant = slot.tenant and run.slot >= slot.begins and run.slot < slot.ends
    order by run.slot desc
    limit 1
) tried on true
where not exists (
    select
    from kandji.sync_run run
    where run.tenant = slot.tenant
      and run.outcome = 'published'
      and run.slot >= slot.begins
      and run.slot < slot.ends
)
order by slot.tenant, slot.begins
