-- Which versions of which operating system were in use at the end of each month?
-- ask.since, ask.until: the first and the last month's first day; the last twelve months without them. A month without a
-- slot before its end, or one whose history was pruned, is left out, and one that is not over yet counts as it is now.
with month as (
    select
        month.day::date as month,
        (month.day + interval '1 month') at time zone 'UTC' - interval '1 microsecond' as at
    from generate_series(
        coalesce(
            nullif(current_setting('ask.since', true), '')::timestamp,
            date_trunc('month', now() at time zone 'UTC') - interval '11 months'),
        coalesce(nullif(current_setting('ask.until', true), '')::timestamp, now() at time zone 'UTC'),
        interval '1 month'
    ) month (day)
)
select
    to_char(month.month, 'YYYY-MM') as month,
    history.platform,
    history.os_version,
    count(*) as devices
from month
join kandji.device_history history
    on history.status = 'active'
    and history.valid_from <= month.at
    and (history.valid_to is null or history.valid_to > month.at)
where not exists (
    select
    from kandji.history_horizon horizon
    where horizon.tenant = history.tenant and horizon.known_from > month.at
)
group by month.month, history.platform, history.os_version
order by month.month, history.platform, devices desc, history.os_version
