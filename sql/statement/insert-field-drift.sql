-- Fields that were never seen before. Those that every row has once Windows or Android is managed are known.
insert into kandji.field_drift (tenant, source, field, first_seen_slot, device_id)
-- A name is cut to what a key may hold, and a run reports no more than 200.
select :tenant, 'list', left(seen.field, 255), :slot, min(seen.device_id)
from (
    select listed.device_id, field
    from listed
    cross join lateral jsonb_object_keys(listed.extra) field
    where listed.extra is not null and field <> 'user'
    union all
    select listed.device_id, 'user.' || field
    from listed
    cross join lateral jsonb_object_keys(listed.extra -> 'user') field
    where jsonb_typeof(listed.extra -> 'user') = 'object'
) seen
where seen.field not in ('api_level', 'security_patch_level', 'full_software_version')
group by left(seen.field, 255)
order by left(seen.field, 255)
limit 200
on conflict (tenant, source, field) do nothing
