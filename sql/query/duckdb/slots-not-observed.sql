-- In which slots was the fleet not observed, or is not in the lake? Reads the manifests alone.
-- since, until: from when up to when, UTC; from the first one, and until now, where they are not
-- set. slot_length: 2 hours where it is not set.
with asked as (
    select
        coalesce(getvariable('since')::timestamptz, timestamptz '2000-01-01') as since,
        coalesce(getvariable('until')::timestamptz, now()) as until,
        coalesce(getvariable('slot_length'), '2 hours')::interval as slot_length
), slot as (
    select
        of_tenant.tenant,
        unnest(generate_series(
            time_bucket(asked.slot_length, greatest(asked.since, of_tenant.first), timestamptz '2000-01-01'),
            asked.until - asked.slot_length,
            asked.slot_length)) as begins,
        begins + asked.slot_length as ends
    from asked
    cross join (select tenant, min(slot) as first from manifest group by tenant) of_tenant
)
select slot.tenant, slot.begins as slot
from slot
where not exists (
    select 1
    from manifest
    where manifest.tenant = slot.tenant and manifest.slot >= slot.begins and manifest.slot < slot.ends
)
order by slot.tenant, slot.begins;
