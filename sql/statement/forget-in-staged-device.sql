update kandji.staged_device
set device_name = :device_name,
    asset_tag = :asset_tag,
    blueprint_name = :blueprint_name,
    tags = coalesce(
        (select array_agg(tag order by tag collate "C") from json_array_elements_text(cast(:tags as json)) tag),
        case when cast(:tags as text) is not null then '{}'::text[] end),
    extra = cast(:extra as jsonb)
where ctid = cast(:row as tid)
