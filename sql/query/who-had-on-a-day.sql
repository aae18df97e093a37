-- Who had this Mac on a day?
-- ask.serial: its serial number, in whatever case. ask.day: the day; today without it. ask.zone: the day's time zone; UTC
-- without it. ask.tenant: which tenant; all of them without it.
with asked as (
    select
        current_setting('ask.serial') as serial,
        coalesce(nullif(current_setting('ask.zone', true), ''), 'UTC') as zone,
        nullif(current_setting('ask.tenant', true), '') as tenant
), day as (
    select
        asked.*,
        coalesce(nullif(current_setting('ask.day', true), '')::date, (now() at time zone asked.zone)::date) as day
    from asked
)
select
    answer.answer,
    answer.access_type,
    coalesce(answer.user_name, answer.username) as who,
    answer.user_email,
    answer.observed_before as began_after,
    answer.valid_from as began_by,
    answer.observed_last as last_seen,
    answer.valid_to as ended_by,
    answer.slots_observed,
    answer.known_from
from day
cross join lateral (
    select distinct run.tenant
    from kandji.sync_run run
    where run.tenant = coalesce(day.tenant, run.tenant)
) of
cross join lateral kandji.who_had(
    of.tenant, day.serial, day.day::timestamp at time zone day.zone, (day.day + 1)::timestamp at time zone day.zone
) answer
order by answer.access_type, answer.valid_from, who
