-- Fields that were never seen before. Those that every row has once Windows or Android is managed are known.
insert into kandji.field_drift (tenant, source, field, first_seen_slot, device_id)
select :tenant, 'list', seen.field, :slot, min(seen.device_id)
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
group by seen.field
on conflict (tenant, source, field) do nothing
