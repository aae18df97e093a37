-- The lake's tables in Spark SQL: put in place of LAKE the lake's address (LAKE_URI as it is). To be run once, and again when a
-- column comes: the tables are external, so the files stay. New partitions, a day or a tenant, are found by
--     msck repair table kandji.devices; msck repair table kandji.assignments; msck repair table kandji.manifests;
-- and new files in a known one by refresh table. Times are instants, shown in spark.sql.session.timeZone. A slot counts when it
-- has a manifest; devices and assignments may hold one whose publication is under way, so join them with newest_slot or slot.
create schema if not exists kandji;

drop table if exists kandji.devices;
create table kandji.devices (
    slot timestamp,
    device_id string,
    device_name string,
    serial_number string,
    platform string,
    model string,
    model_identifier string,
    os_version string,
    os_build string,
    os_version_extra string,
    udid string,
    asset_tag string,
    blueprint_id string,
    blueprint_name string,
    agent_version string,
    mdm_enabled boolean,
    agent_installed boolean,
    is_missing boolean,
    is_removed boolean,
    is_supervised boolean,
    filevault_enabled boolean,
    lost_mode_status string,
    tags array<string>,
    first_enrolled_at timestamp,
    last_enrolled_at timestamp,
    status string,
    archived_reason string,
    last_check_in timestamp,
    details_as_of timestamp,
    details_tried_at timestamp,
    archived_at timestamp,
    absent_since_slot timestamp,
    unlisted boolean,
    first_seen_slot timestamp,
    last_seen_slot timestamp,
    changed_slot timestamp,
    extra string,
    tenant string,
    slot_date date
)
using parquet
partitioned by (tenant, slot_date)
location 'LAKE/devices';

drop table if exists kandji.assignments;
create table kandji.assignments (
    slot timestamp,
    device_id string,
    access_type string,
    assignee_key string,
    user_id string,
    user_email string,
    user_name string,
    user_is_archived boolean,
    username string,
    is_admin boolean,
    valid_from timestamp,
    valid_to timestamp,
    changed_slot timestamp,
    tenant string,
    slot_date date
)
using parquet
partitioned by (tenant, slot_date)
location 'LAKE/assignments';

drop table if exists kandji.manifests;
create table kandji.manifests (
    schema_version int,
    slot timestamp,
    run_id bigint,
    created_by string,
    files array<struct<entity: string, path: string, rows: bigint, bytes: bigint, sha256: string>>,
    tenant string
)
using json
partitioned by (tenant)
location 'LAKE/_manifests';

msck repair table kandji.devices;
msck repair table kandji.assignments;
msck repair table kandji.manifests;

-- The slots that can be read, a row each.
create or replace view kandji.slot as
select tenant, slot, to_date(to_utc_timestamp(slot, current_timezone())) as slot_date, run_id, files
from kandji.manifests;

-- The newest of them, a row a tenant.
create or replace view kandji.newest_slot as
select tenant, max(slot) as slot, max(slot_date) as slot_date
from kandji.slot
group by tenant;
