-- The lake as views, to be read before a question: manifest, a row for each slot and tenant; device and assignment, the rows
-- of each tenant's newest snapshot. lake: where the lake is. Questions about the past put the newest files in the place of none, which
-- read_parquet does not take, and leave their rows out by the slot.
set TimeZone = 'UTC';
create temp view manifest as
select tenant, slot, files
from read_json(
    getvariable('lake') || '/_manifests/tenant=*/2*.json',
    columns = {
        tenant: 'VARCHAR', slot: 'TIMESTAMPTZ',
        files: 'STRUCT(entity VARCHAR, path VARCHAR, "rows" BIGINT, bytes BIGINT, sha256 VARCHAR)[]'
    });
create temp macro file_of(entity, files) as
    getvariable('lake') || '/' || list_filter(files, lambda file: file.entity = entity)[1].path;
set variable newest = (
    select list(files)
    from read_json(
        getvariable('lake') || '/_manifests/tenant=*/_latest.json',
        columns = {files: 'STRUCT(entity VARCHAR, path VARCHAR)[]'})
);
set variable newest_devices = list_transform(getvariable('newest'), lambda files: file_of('devices', files));
set variable newest_assignments = list_transform(getvariable('newest'), lambda files: file_of('assignments', files));
create temp view device as
select * from read_parquet(getvariable('newest_devices'), hive_partitioning = true);
create temp view assignment as
select * from read_parquet(getvariable('newest_assignments'), hive_partitioning = true);
