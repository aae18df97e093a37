-- Details: which devices a run asks for, and what the answers told, on their way into the warehouse.

create table kandji.details_worklist (
    run_id bigint not null,
    rank bigint not null,
    device_id text collate "C" not null,
    primary key (run_id, rank)
);
comment on table kandji.details_worklist is 'The devices whose details a run asks for, in the order of their worth; emptied once the run is over.';
comment on column kandji.details_worklist.run_id is 'The run.';
comment on column kandji.details_worklist.rank is 'The device''s place, from 1: the first are asked for first.';
comment on column kandji.details_worklist.device_id is 'The device.';

create table kandji.staged_details (
    run_id bigint not null,
    position bigint not null,
    device_id text collate "C" not null,
    tried_at timestamptz not null,
    as_of timestamptz,
    has_hardware boolean not null,
    has_mdm boolean not null,
    has_filevault boolean not null,
    has_accounts boolean not null,
    udid text,
    model_identifier text,
    is_supervised boolean,
    filevault_enabled boolean
);
create index staged_details_by_run on kandji.staged_details (run_id);
comment on table kandji.staged_details is 'What asking for details told, on its way into kandji.device; emptied once its run is over. A device may stand here more than once: its last answer counts.';
comment on column kandji.staged_details.run_id is 'The run.';
comment on column kandji.staged_details.position is 'The device''s rank in the run''s worklist.';
comment on column kandji.staged_details.device_id is 'As in kandji.device.';
comment on column kandji.staged_details.tried_at is 'When the details were asked for.';
comment on column kandji.staged_details.as_of is 'When the answer was given; NULL when there was none that could be used.';
comment on column kandji.staged_details.has_hardware is 'Whether the answer told udid and model_identifier.';
comment on column kandji.staged_details.has_mdm is 'Whether the answer told is_supervised.';
comment on column kandji.staged_details.has_filevault is 'Whether the answer told filevault_enabled.';
comment on column kandji.staged_details.has_accounts is 'Whether the answer told the local accounts, which stand in kandji.staged_assignment.';
comment on column kandji.staged_details.udid is 'As in kandji.device.';
comment on column kandji.staged_details.model_identifier is 'As in kandji.device.';
comment on column kandji.staged_details.is_supervised is 'As in kandji.device.';
comment on column kandji.staged_details.filevault_enabled is 'As in kandji.device.';

comment on column kandji.staged_assignment.position is 'The position of the row that they came with: of kandji.staged_device, local accounts of kandji.staged_details.';
