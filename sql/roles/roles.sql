-- The roles of a kandji-etl database, each with the least rights that it needs. They can't log in: grant them to roles that
-- can. To be run by the owner of the schemas, who may create roles, after the first `migrate` and after each upgrade; it may
-- be run as often as one likes. A role's rights are taken away and given anew in one transaction.
begin;

do $$
declare
    name text;
begin
    foreach name in array array['kandji_job', 'kandji_status', 'kandji_reader', 'kandji_pseudonymous_reader'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
    execute format('grant connect, temporary on database %I to kandji_job', current_database());
    execute format(
        'grant connect on database %I to kandji_status, kandji_reader, kandji_pseudonymous_reader', current_database());
end
$$;

revoke all on all tables in schema kandji, batch from
    kandji_job, kandji_status, kandji_reader, kandji_pseudonymous_reader;

-- The job, with KANDJI_MIGRATE_ON_START=false, and every command but migrate: it writes rows, and changes no table.
grant usage on schema kandji, batch to kandji_job;
grant select, insert, update, delete on all tables in schema kandji, batch to kandji_job;
grant usage on all sequences in schema batch to kandji_job;
revoke insert, update, delete on kandji.flyway_schema_history from kandji_job;
revoke all on kandji.hash_key from kandji_job;
alter default privileges in schema kandji grant select, insert, update, delete on tables to kandji_job;
alter default privileges in schema batch grant select, insert, update, delete on tables to kandji_job;

-- status: how runs went, and that an erasure did not end; no table of devices or people.
grant usage on schema kandji, batch to kandji_status;
grant select on kandji.run_status to kandji_status;
grant select on all tables in schema batch to kandji_status;
grant select (tenant, begun_at) on kandji.erasure_in_hand to kandji_status;

-- People who ask about devices and who had them, and who-had; not the payloads of rejected records.
grant usage on schema kandji to kandji_reader;
grant select on
    kandji.device, kandji.device_history, kandji.device_assignment, kandji.sync_run, kandji.held_archival,
    kandji.history_horizon,
    kandji.active_device, kandji.current_assignment, kandji.stale_device, kandji.run_status
    to kandji_reader;

-- People who ask about devices, and may not see whose they are.
grant usage on schema kandji to kandji_pseudonymous_reader;
grant select on
    kandji.pseudonymous_device, kandji.pseudonymous_device_history, kandji.pseudonymous_assignment
    to kandji_pseudonymous_reader;
grant select (tenant, slot, outcome, started_at, finished_at) on kandji.sync_run to kandji_pseudonymous_reader;

commit;
