-- The warehouse: what people read. Names of tables and columns are contracts.
comment on schema kandji is 'An Apple fleet as its Kandji (Iru) tenant knows it: devices, who has access to them, and the history of both.';

create table kandji.sync_run (
    run_id bigint primary key,
    tenant text collate "C" not null,
    slot timestamptz not null,
    job_name text,
    outcome text not null,
    archival_held boolean not null default false,
    lake_manifest text,
    devices_listed bigint,
    devices_rejected bigint,
    devices_changed bigint,
    devices_archived bigint,
    devices_absent bigint,
    devices_held bigint,
    assignments_opened bigint,
    assignments_closed bigint,
    details_fetched bigint,
    details_unknown bigint,
    requests_used bigint not null default 0,
    details_oldest_as_of timestamptz,
    exit_code integer,
    failed_step text,
    cause text,
    remedy text,
    run_by text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    constraint sync_run_slot_unique unique (tenant, slot),
    constraint sync_run_slot_whole_second check (slot = date_trunc('second', slot)),
    constraint sync_run_outcome_known check
        (outcome in ('running', 'stopped', 'failed', 'abandoned', 'expired', 'superseded', 'published'))
);
comment on table kandji.sync_run is 'One row a run: a slot was observed exactly when it has a row with the outcome published.';
comment on column kandji.sync_run.run_id is 'The run: the id of its Spring Batch job instance. A restart goes on under the same id.';
comment on column kandji.sync_run.tenant is 'The Kandji tenant.';
comment on column kandji.sync_run.slot is 'The instant, to the second, that the run stands for.';
comment on column kandji.sync_run.job_name is 'The Kubernetes Job that started it; NULL for a run from a command line.';
comment on column kandji.sync_run.outcome is 'running, stopped, failed, abandoned, expired, superseded or published.';
comment on column kandji.sync_run.archival_held is 'Whether the guard held the archiving of devices back.';
comment on column kandji.sync_run.lake_manifest is 'Where the lake''s manifest of this slot is; NULL as long as the slot is not in the lake.';
comment on column kandji.sync_run.devices_listed is 'Devices that the listing showed, rejected ones included.';
comment on column kandji.sync_run.devices_rejected is 'Of these, the devices whose record could not be used.';
comment on column kandji.sync_run.devices_changed is 'Devices that are new or changed in a tracked column: history rows that this run opened.';
comment on column kandji.sync_run.devices_archived is 'Devices that this run archived.';
comment on column kandji.sync_run.devices_absent is 'Active devices that the listing did not show.';
comment on column kandji.sync_run.devices_held is 'Devices whose archiving the guard held back.';
comment on column kandji.sync_run.assignments_opened is 'Assignment rows that this run opened.';
comment on column kandji.sync_run.assignments_closed is 'Assignment rows that this run closed.';
comment on column kandji.sync_run.details_fetched is 'Details answers that this run used.';
comment on column kandji.sync_run.details_unknown is 'Active devices whose details were never answered.';
comment on column kandji.sync_run.requests_used is 'Requests that this run made to the tenant''s API, repeated ones included.';
comment on column kandji.sync_run.details_oldest_as_of is 'The oldest details of any active device when the run was published.';
comment on column kandji.sync_run.exit_code is 'What the run''s last process ended with; NULL while it runs.';
comment on column kandji.sync_run.failed_step is 'The step that failed; NULL when none did.';
comment on column kandji.sync_run.cause is 'What failed, on what, and why, in words.';
comment on column kandji.sync_run.remedy is 'What to do about it: a command or a setting.';
comment on column kandji.sync_run.run_by is 'The pod or host that ran it last.';
comment on column kandji.sync_run.started_at is 'When the run was first started.';
comment on column kandji.sync_run.finished_at is 'When its last process finished; NULL while it runs.';

create table kandji.device (
    tenant text collate "C" not null,
    device_id text collate "C" not null,
    device_name text,
    serial_number text,
    platform text,
    model text,
    model_identifier text,
    os_version text,
    os_build text,
    os_version_extra text,
    udid text,
    asset_tag text,
    blueprint_id text,
    blueprint_name text,
    agent_version text,
    mdm_enabled boolean,
    agent_installed boolean,
    is_missing boolean,
    is_removed boolean,
    is_supervised boolean,
    filevault_enabled boolean,
    lost_mode_status text,
    tags text[],
    first_enrolled_at timestamptz,
    last_enrolled_at timestamptz,
    status text not null,
    archived_reason text,
    last_check_in timestamptz,
    details_as_of timestamptz,
    details_tried_at timestamptz,
    archived_at timestamptz,
    absent_since_slot timestamptz,
    unlisted boolean not null default false,
    first_seen_slot timestamptz not null,
    last_seen_slot timestamptz not null,
    changed_slot timestamptz not null,
    extra jsonb,
    primary key (tenant, device_id),
    constraint device_status_known check (status in ('active', 'archived')),
    constraint device_archived_with_reason check
        ((status = 'archived') = (archived_reason is not null) and (status = 'archived') = (archived_at is not null)),
    constraint device_archived_reason_known check (archived_reason in ('removed', 'gone'))
);
comment on table kandji.device is 'Every device that the tenant ever showed, as the newest published slot knows it. A blank is NULL.';
comment on column kandji.device.tenant is 'The Kandji tenant.';
comment on column kandji.device.device_id is 'The tenant''s id of the device, lower case.';
comment on column kandji.device.device_name is 'The name of the device.';
comment on column kandji.device.serial_number is 'The serial number: it may be missing, and several devices may share one.';
comment on column kandji.device.platform is 'Mac, iPhone, iPad, AppleTV, Windows, Android, or what else the tenant says, as it spells it.';
comment on column kandji.device.model is 'The model''s marketing name.';
comment on column kandji.device.model_identifier is 'The model''s identifier, for example Mac14,2. From details.';
comment on column kandji.device.os_version is 'The version of the operating system.';
comment on column kandji.device.os_build is 'The supplemental build version, for example 23E224.';
comment on column kandji.device.os_version_extra is 'The supplemental version, for example (a).';
comment on column kandji.device.udid is 'The hardware''s identifier. From details.';
comment on column kandji.device.asset_tag is 'The asset tag.';
comment on column kandji.device.blueprint_id is 'The id of the blueprint that the device is in.';
comment on column kandji.device.blueprint_name is 'The name of that blueprint.';
comment on column kandji.device.agent_version is 'The version of the Kandji agent.';
comment on column kandji.device.mdm_enabled is 'Whether the device is under management.';
comment on column kandji.device.agent_installed is 'Whether the agent is installed.';
comment on column kandji.device.is_missing is 'Whether the tenant has not heard of it for about 30 days.';
comment on column kandji.device.is_removed is 'Whether the tenant says that it was removed.';
comment on column kandji.device.is_supervised is 'Whether it is supervised. From details.';
comment on column kandji.device.filevault_enabled is 'Whether FileVault is on; NULL for all but Macs, and as long as it is unknown. From details.';
comment on column kandji.device.lost_mode_status is 'The state of lost mode, as the tenant spells it.';
comment on column kandji.device.tags is 'The tags, sorted; NULL when the tenant sent none at all.';
comment on column kandji.device.first_enrolled_at is 'When it was first enrolled.';
comment on column kandji.device.last_enrolled_at is 'When it was last enrolled.';
comment on column kandji.device.status is 'active or archived.';
comment on column kandji.device.archived_reason is 'removed: the tenant said so; gone: its absence was confirmed; NULL while active.';
comment on column kandji.device.last_check_in is 'When it last checked in. Not tracked in history: it changes all the time.';
comment on column kandji.device.details_as_of is 'When the details were answered that the columns from details hold; NULL before the first answer.';
comment on column kandji.device.details_tried_at is 'When details were last asked for; NULL before the first time, and after the device returned.';
comment on column kandji.device.archived_at is 'The slot that archived it; NULL while active.';
comment on column kandji.device.absent_since_slot is 'The first slot of those up to now whose listings did not show it; NULL while listed.';
comment on column kandji.device.unlisted is 'Whether the tenant knows it although the listing does not show it.';
comment on column kandji.device.first_seen_slot is 'The first slot that showed it.';
comment on column kandji.device.last_seen_slot is 'The last slot whose listing showed it.';
comment on column kandji.device.changed_slot is 'The last slot at which a tracked column changed.';
comment on column kandji.device.extra is 'The fields of the listing that have no column, as the tenant sent them.';

create table kandji.device_history (
    tenant text collate "C" not null,
    device_id text collate "C" not null,
    device_name text,
    serial_number text,
    platform text,
    model text,
    model_identifier text,
    os_version text,
    os_build text,
    os_version_extra text,
    udid text,
    asset_tag text,
    blueprint_id text,
    blueprint_name text,
    agent_version text,
    mdm_enabled boolean,
    agent_installed boolean,
    is_missing boolean,
    is_removed boolean,
    is_supervised boolean,
    filevault_enabled boolean,
    lost_mode_status text,
    tags text[],
    first_enrolled_at timestamptz,
    last_enrolled_at timestamptz,
    status text not null,
    archived_reason text,
    valid_from timestamptz not null,
    valid_to timestamptz,
    last_check_in timestamptz,
    details_as_of timestamptz,
    details_first_as_of timestamptz,
    primary key (tenant, device_id, valid_from),
    constraint device_history_not_empty check (valid_from < valid_to),
    -- Every row ends where another row of its device begins, no two end at the same time, and one at most is open: so the
    -- rows of a device are one chain without gap or overlap, held by B-trees alone (src/docs/decisions/0007).
    constraint device_history_one_after_another unique nulls not distinct (tenant, device_id, valid_to),
    constraint device_history_no_gap foreign key (tenant, device_id, valid_to)
        references kandji.device_history (tenant, device_id, valid_from) deferrable initially deferred
);
comment on table kandji.device_history is 'What each device was from one slot to another: a row for each period in which no tracked column changed. Periods are half-open and follow one another without gap.';
comment on column kandji.device_history.tenant is 'The Kandji tenant.';
comment on column kandji.device_history.device_id is 'The tenant''s id of the device, lower case.';
comment on column kandji.device_history.device_name is 'As in kandji.device, in this period.';
comment on column kandji.device_history.serial_number is 'As in kandji.device, in this period.';
comment on column kandji.device_history.platform is 'As in kandji.device, in this period.';
comment on column kandji.device_history.model is 'As in kandji.device, in this period.';
comment on column kandji.device_history.model_identifier is 'As in kandji.device, in this period. From details: unknown before details_first_as_of.';
comment on column kandji.device_history.os_version is 'As in kandji.device, in this period.';
comment on column kandji.device_history.os_build is 'As in kandji.device, in this period.';
comment on column kandji.device_history.os_version_extra is 'As in kandji.device, in this period.';
comment on column kandji.device_history.udid is 'As in kandji.device, in this period. From details: unknown before details_first_as_of.';
comment on column kandji.device_history.asset_tag is 'As in kandji.device, in this period.';
comment on column kandji.device_history.blueprint_id is 'As in kandji.device, in this period.';
comment on column kandji.device_history.blueprint_name is 'As in kandji.device, in this period.';
comment on column kandji.device_history.agent_version is 'As in kandji.device, in this period.';
comment on column kandji.device_history.mdm_enabled is 'As in kandji.device, in this period.';
comment on column kandji.device_history.agent_installed is 'As in kandji.device, in this period.';
comment on column kandji.device_history.is_missing is 'As in kandji.device, in this period.';
comment on column kandji.device_history.is_removed is 'As in kandji.device, in this period.';
comment on column kandji.device_history.is_supervised is 'As in kandji.device, in this period. From details: unknown before details_first_as_of.';
comment on column kandji.device_history.filevault_enabled is 'As in kandji.device, in this period. From details: unknown before details_first_as_of.';
comment on column kandji.device_history.lost_mode_status is 'As in kandji.device, in this period.';
comment on column kandji.device_history.tags is 'As in kandji.device, in this period.';
comment on column kandji.device_history.first_enrolled_at is 'As in kandji.device, in this period.';
comment on column kandji.device_history.last_enrolled_at is 'As in kandji.device, in this period.';
comment on column kandji.device_history.status is 'As in kandji.device, in this period.';
comment on column kandji.device_history.archived_reason is 'As in kandji.device, in this period.';
comment on column kandji.device_history.valid_from is 'The slot that first saw it so: it became so between the observation before and this one.';
comment on column kandji.device_history.valid_to is 'The slot that first saw it otherwise; NULL while it is still so.';
comment on column kandji.device_history.last_check_in is 'The last check-in known when the period ended; NULL while it lasts.';
comment on column kandji.device_history.details_as_of is 'The time of the last details answer when the period ended; NULL while it lasts.';
comment on column kandji.device_history.details_first_as_of is 'From when on the columns from details are known; before it, and while it is NULL, they are unknown.';

create table kandji.device_assignment (
    tenant text collate "C" not null,
    device_id text collate "C" not null,
    access_type text collate "C" not null,
    assignee_key text collate "C" not null,
    user_id text,
    user_email text,
    user_name text,
    user_is_archived boolean,
    username text,
    is_admin boolean,
    valid_from timestamptz not null,
    valid_to timestamptz,
    changed_slot timestamptz not null,
    primary key (tenant, device_id, access_type, assignee_key, valid_from),
    constraint device_assignment_not_empty check (valid_from < valid_to),
    constraint device_assignment_access_type_known check (access_type in ('assigned_user', 'local_account'))
);
create unique index device_assignment_open_unique
    on kandji.device_assignment (tenant, device_id, access_type, assignee_key) where valid_to is null;
create unique index device_assignment_one_assigned_user
    on kandji.device_assignment (tenant, device_id) where valid_to is null and access_type = 'assigned_user';
create index device_assignment_by_user_email on kandji.device_assignment (tenant, user_email);
comment on table kandji.device_assignment is 'Who had access to which device, and when: a row for each period of unchanged facts. Periods are half-open.';
comment on column kandji.device_assignment.tenant is 'The Kandji tenant.';
comment on column kandji.device_assignment.device_id is 'The device.';
comment on column kandji.device_assignment.access_type is 'assigned_user: the Kandji user assigned to the device; local_account: a regular account on the device.';
comment on column kandji.device_assignment.assignee_key is 'What stays the same while facts change: the user''s id, or the account''s user name.';
comment on column kandji.device_assignment.user_id is 'The Kandji user''s id; NULL for a local account.';
comment on column kandji.device_assignment.user_email is 'The Kandji user''s e-mail, lower case.';
comment on column kandji.device_assignment.user_name is 'The person''s name.';
comment on column kandji.device_assignment.user_is_archived is 'Whether the Kandji user is archived.';
comment on column kandji.device_assignment.username is 'The local account''s user name; NULL for a Kandji user.';
comment on column kandji.device_assignment.is_admin is 'Whether the local account is an administrator.';
comment on column kandji.device_assignment.valid_from is 'The slot that first saw it so: it became so between the observation before and this one.';
comment on column kandji.device_assignment.valid_to is 'The slot that first saw it otherwise; NULL while it is still so.';
comment on column kandji.device_assignment.changed_slot is 'The slot that last changed this row.';

create table kandji.rejected_record (
    run_id bigint not null,
    tenant text collate "C" not null,
    slot timestamptz not null,
    source text not null,
    device_id text collate "C",
    source_offset bigint not null,
    reason text not null,
    json_pointer text not null,
    payload text not null,
    rejected_at timestamptz not null,
    resolved_at timestamptz,
    constraint rejected_record_source_known check (source in ('list', 'details'))
);
create unique index rejected_record_once_a_run
    on kandji.rejected_record (run_id, source, coalesce(device_id, 'at ' || source_offset));
create index rejected_record_unresolved on kandji.rejected_record (tenant, device_id) where resolved_at is null;
comment on table kandji.rejected_record is 'Records that could not be used, as the tenant sent them. Their devices keep their last good rows.';
comment on column kandji.rejected_record.run_id is 'The run that rejected it.';
comment on column kandji.rejected_record.tenant is 'The Kandji tenant.';
comment on column kandji.rejected_record.slot is 'The slot of that run.';
comment on column kandji.rejected_record.source is 'list: a row of the listing; details: an answer about one device.';
comment on column kandji.rejected_record.device_id is 'The device; NULL when its id could not be read.';
comment on column kandji.rejected_record.source_offset is 'Where it stood: its offset in the listing, or its rank among the details of the run.';
comment on column kandji.rejected_record.reason is 'What is wrong with it, in words.';
comment on column kandji.rejected_record.json_pointer is 'Where in the payload (RFC 6901); empty for the whole of it.';
comment on column kandji.rejected_record.payload is 'The record as JSON text. Text and not jsonb: it is kept because it could not be trusted.';
comment on column kandji.rejected_record.rejected_at is 'When it was rejected.';
comment on column kandji.rejected_record.resolved_at is 'When a run accepted the same device again; NULL as long as none did.';

create table kandji.lease (
    tenant text collate "C" primary key,
    token bigint not null,
    holder text not null,
    acquired_at timestamptz not null,
    renewed_at timestamptz not null,
    expires_at timestamptz not null
);
comment on table kandji.lease is 'Who may write for a tenant: one process at a time, for 30 seconds on the database''s clock, renewed every 5.';
comment on column kandji.lease.tenant is 'The Kandji tenant.';
comment on column kandji.lease.token is 'The fencing token: it grows with each holder, and who has an old one writes nothing.';
comment on column kandji.lease.holder is 'The process that holds it, or held it last: pod or host, and process id.';
comment on column kandji.lease.acquired_at is 'When it was acquired.';
comment on column kandji.lease.renewed_at is 'When it was last renewed.';
comment on column kandji.lease.expires_at is 'Until when it is held; in the past once released.';

create table kandji.staged_device (
    run_id bigint not null,
    position bigint not null,
    device_id text collate "C" not null,
    device_name text,
    serial_number text,
    platform text,
    model text,
    os_version text,
    os_build text,
    os_version_extra text,
    asset_tag text,
    blueprint_id text,
    blueprint_name text,
    agent_version text,
    mdm_enabled boolean,
    agent_installed boolean,
    is_missing boolean,
    is_removed boolean,
    lost_mode_status text,
    tags text[],
    first_enrolled_at timestamptz,
    last_enrolled_at timestamptz,
    last_check_in timestamptz,
    extra jsonb
);
create index staged_device_by_run on kandji.staged_device (run_id);
comment on table kandji.staged_device is 'Rows of a listing on their way into kandji.device; emptied once their run is over. A device may stand here more than once: its highest position counts.';
comment on column kandji.staged_device.run_id is 'The run.';
comment on column kandji.staged_device.position is 'Running number of the row in its run, over restarts too.';
comment on column kandji.staged_device.device_id is 'As in kandji.device.';
comment on column kandji.staged_device.device_name is 'As in kandji.device.';
comment on column kandji.staged_device.serial_number is 'As in kandji.device.';
comment on column kandji.staged_device.platform is 'As in kandji.device.';
comment on column kandji.staged_device.model is 'As in kandji.device.';
comment on column kandji.staged_device.os_version is 'As in kandji.device.';
comment on column kandji.staged_device.os_build is 'As in kandji.device.';
comment on column kandji.staged_device.os_version_extra is 'As in kandji.device.';
comment on column kandji.staged_device.asset_tag is 'As in kandji.device.';
comment on column kandji.staged_device.blueprint_id is 'As in kandji.device.';
comment on column kandji.staged_device.blueprint_name is 'As in kandji.device.';
comment on column kandji.staged_device.agent_version is 'As in kandji.device.';
comment on column kandji.staged_device.mdm_enabled is 'As in kandji.device.';
comment on column kandji.staged_device.agent_installed is 'As in kandji.device.';
comment on column kandji.staged_device.is_missing is 'As in kandji.device.';
comment on column kandji.staged_device.is_removed is 'As in kandji.device.';
comment on column kandji.staged_device.lost_mode_status is 'As in kandji.device.';
comment on column kandji.staged_device.tags is 'As in kandji.device.';
comment on column kandji.staged_device.first_enrolled_at is 'As in kandji.device.';
comment on column kandji.staged_device.last_enrolled_at is 'As in kandji.device.';
comment on column kandji.staged_device.last_check_in is 'As in kandji.device.';
comment on column kandji.staged_device.extra is 'As in kandji.device.';

create table kandji.staged_assignment (
    run_id bigint not null,
    position bigint not null,
    device_id text collate "C" not null,
    access_type text collate "C" not null,
    assignee_key text collate "C" not null,
    user_id text,
    user_email text,
    user_name text,
    user_is_archived boolean,
    username text,
    is_admin boolean
);
create index staged_assignment_by_run on kandji.staged_assignment (run_id);
comment on table kandji.staged_assignment is 'Assignments on their way into kandji.device_assignment; emptied once their run is over.';
comment on column kandji.staged_assignment.run_id is 'The run.';
comment on column kandji.staged_assignment.position is 'The position of the row of kandji.staged_device that they came with.';
comment on column kandji.staged_assignment.device_id is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.access_type is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.assignee_key is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.user_id is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.user_email is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.user_name is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.user_is_archived is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.username is 'As in kandji.device_assignment.';
comment on column kandji.staged_assignment.is_admin is 'As in kandji.device_assignment.';
