-- The lake's tables in Trino's Hive connector: put in place of LAKE the lake's address (LAKE_URI, with s3: instead of s3a:). To be
-- run once, and again when a column comes: the tables are external, so the files stay. The catalogue needs
--     hive.timestamp-precision=MICROSECONDS
-- New partitions, a day or a tenant, are found by the three calls of sync_partition_metadata. Times are UTC. A slot counts when it
-- has a manifest; devices and assignments may hold one whose publication is under way, so join them with newest_slot or slot.
create schema if not exists kandji;

drop table if exists kandji.devices;
create table kandji.devices (
    slot timestamp(6),
    device_id varchar,
    device_name varchar,
    serial_number varchar,
    platform varchar,
    model varchar,
    model_identifier varchar,
    os_version varchar,
    os_build varchar,
    os_version_extra varchar,
    udid varchar,
    asset_tag varchar,
    blueprint_id varchar,
    blueprint_name varchar,
    agent_version varchar,
    mdm_enabled boolean,
    agent_installed boolean,
    is_missing boolean,
    is_removed boolean,
    is_supervised boolean,
    filevault_enabled boolean,
    lost_mode_status varchar,
    tags array(varchar),
    first_enrolled_at timestamp(6),
    last_enrolled_at timestamp(6),
    status varchar,
    archived_reason varchar,
    last_check_in timestamp(6),
    details_as_of timestamp(6),
    details_tried_at timestamp(6),
    archived_at timestamp(6),
    absent_since_slot timestamp(6),
    unlisted boolean,
    first_seen_slot timestamp(6),
    last_seen_slot timestamp(6),
    changed_slot timestamp(6),
    extra varchar,
    tenant varchar,
    slot_date date
)
with (format = 'PARQUET', external_location = 'LAKE/devices', partitioned_by = array['tenant', 'slot_date']);

drop table if exists kandji.assignments;
create table kandji.assignments (
    slot timestamp(6),
    device_id varchar,
    access_type varchar,
    assignee_key varchar,
    user_id varchar,
    user_email varchar,
    user_name varchar,
    user_is_archived boolean,
    username varchar,
    is_admin boolean,
    valid_from timestamp(6),
    valid_to timestamp(6),
    changed_slot timestamp(6),
    tenant varchar,
    slot_date date
)
with (format = 'PARQUET', external_location = 'LAKE/assignments', partitioned_by = array['tenant', 'slot_date']);

drop table if exists kandji.manifests;
create table kandji.manifests (
    schema_version integer,
    slot varchar,
    run_id bigint,
    created_by varchar,
    files array(row(entity varchar, path varchar, "rows" bigint, bytes bigint, sha256 varchar)),
    tenant varchar
)
with (format = 'JSON', external_location = 'LAKE/_manifests', partitioned_by = array['tenant']);

call system.sync_partition_metadata('kandji', 'devices', 'FULL');
call system.sync_partition_metadata('kandji', 'assignments', 'FULL');
call system.sync_partition_metadata('kandji', 'manifests', 'FULL');

-- The slots that can be read, a row each.
create or replace view kandji.slot as
select
    tenant,
    cast(from_iso8601_timestamp(slot) at time zone 'UTC' as timestamp(6)) as slot,
    date(from_iso8601_timestamp(slot) at time zone 'UTC') as slot_date,
    run_id,
    files
from kandji.manifests;

-- The newest of them, a row a tenant.
create or replace view kandji.newest_slot as
select tenant, max(slot) as slot, max(slot_date) as slot_date
from kandji.slot
group by tenant;
