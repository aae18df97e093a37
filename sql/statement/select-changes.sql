-- What a slot changed, for a person to read: some devices and people, not all.
with changed as (
    select opened.device_id, now_so.key as what, was_so.value as was, now_so.value as is_now
    from kandji.device device
    join kandji.device_history opened
        on opened.tenant = device.tenant and opened.device_id = device.device_id and opened.valid_from = :slot
    join kandji.device_history closed
        on closed.tenant = device.tenant and closed.device_id = device.device_id and closed.valid_to = :slot
    cross join lateral jsonb_each_text(to_jsonb(opened)) now_so
    join lateral jsonb_each_text(to_jsonb(closed)) was_so on was_so.key = now_so.key
    where device.tenant = :tenant
      and device.changed_slot = :slot
      and device.first_seen_slot < :slot
      and now_so.value is distinct from was_so.value
      and now_so.key not in (
        'valid_from', 'valid_to', 'last_check_in', 'details_as_of', 'details_first_as_of', 'archived_reason', 'is_removed'
      )
), reassigned as (
    select
        coalesce(opened.device_id, closed.device_id) as device_id,
        'assigned user' as what,
        case
            when opened.user_name = closed.user_name then closed.user_email
            else coalesce(closed.user_name, closed.user_email, closed.user_id)
        end as was,
        case
            when opened.user_name = closed.user_name then opened.user_email
            else coalesce(opened.user_name, opened.user_email, opened.user_id)
        end as is_now
    from (
        select * from kandji.device_assignment
        where tenant = :tenant and valid_from = :slot and access_type = 'assigned_user'
    ) opened
    full join (
        select * from kandji.device_assignment
        where tenant = :tenant and valid_to = :slot and access_type = 'assigned_user'
    ) closed on closed.device_id = opened.device_id
), added as (
    select device_id, 'new device' as what, null as was, platform as is_now
    from kandji.device
    where tenant = :tenant and first_seen_slot = :slot
)
select device.device_name, change.what, change.was, change.is_now
from (
    select * from changed
    union all
    select reassigned.* from reassigned where not exists (
        select from added where added.device_id = reassigned.device_id
    )
    union all
    select * from added
) change
join kandji.device device on device.tenant = :tenant and device.device_id = change.device_id
order by change.what, device.device_name, change.device_id
limit :most
