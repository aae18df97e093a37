-- Who had access in a time, and, as perhaps, whom the first slot at its end or after it saw for the first time: what
-- changed between the last slot before the end and that one may have changed in the time asked for.
select *
from (
    select answer.*
    from kandji.who_had(:tenant, :serial, :from, :to) answer
    union all
    select
        'perhaps', late.device_id, late.serial_number, late.access_type, late.user_id, late.user_email,
        late.user_name, late.user_is_archived, late.username, late.is_admin, late.observed_before, late.valid_from,
        late.observed_last, late.valid_to,
        (
            select count(*) from kandji.sync_run run
            where run.tenant = :tenant and run.outcome = 'published' and run.slot >= :from and run.slot < :to
        ),
        late.known_from
    from (
        select min(run.slot) as slot
        from kandji.sync_run run
        where run.tenant = :tenant and run.outcome = 'published' and run.slot >= :to
        having min(run.slot) is not null
    ) following
    cross join lateral kandji.who_had(:tenant, :serial, following.slot, following.slot + interval '1 second') late
    where late.valid_from = following.slot
) answer
order by answer = 'perhaps', access_type, valid_from, device_id, user_id, username
