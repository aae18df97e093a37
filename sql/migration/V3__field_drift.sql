-- Fields that the tenant's API sends and that have no column: kept in extra, and reported once.
create table kandji.field_drift (
    tenant text collate "C" not null,
    source text not null,
    field text collate "C" not null,
    first_seen_slot timestamptz not null,
    device_id text collate "C" not null,
    primary key (tenant, source, field),
    constraint field_drift_source_known check (source in ('list', 'details'))
);
comment on table kandji.field_drift is 'Fields that nobody knew when this was written: the API grew. Their values are kept in kandji.device.extra.';
comment on column kandji.field_drift.tenant is 'The Kandji tenant.';
comment on column kandji.field_drift.source is 'list: in rows of the listing; details: in answers about one device.';
comment on column kandji.field_drift.field is 'The field''s name; below an object with a dot, for example user.department.';
comment on column kandji.field_drift.first_seen_slot is 'The first slot that saw it.';
comment on column kandji.field_drift.device_id is 'One of the devices that had it then.';
