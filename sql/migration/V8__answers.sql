-- What people ask: views of the fleet as it is, and functions that answer for the past.

create function kandji.encryption(platform text, filevault_enabled boolean) returns text
language sql immutable parallel safe
return case
    when filevault_enabled then 'encrypted'
    when not filevault_enabled then 'unencrypted'
    when platform is null or lower(platform) = 'mac' then 'unknown'
    else 'not_applicable'
end;
comment on function kandji.encryption(text, boolean) is 'What FileVault says of a device: encrypted, unencrypted, unknown (a Mac whose details do not tell, or a device of no known platform), not_applicable (what has no FileVault: other platforms encrypt by other means, of which Kandji''s API tells nothing).';

-- Finds a device by its serial number, in whatever case it is typed.
create index device_history_by_serial_number on kandji.device_history (tenant, upper(serial_number));

create view kandji.current_assignment as
select
    assignment.tenant,
    assignment.device_id,
    device.device_name,
    device.serial_number,
    device.platform,
    assignment.access_type,
    assignment.assignee_key,
    assignment.user_id,
    assignment.user_email,
    assignment.user_name,
    assignment.user_is_archived,
    assignment.username,
    assignment.is_admin,
    assignment.valid_from
from kandji.device_assignment assignment
join kandji.device device on device.tenant = assignment.tenant and device.device_id = assignment.device_id
where assignment.valid_to is null;
comment on view kandji.current_assignment is 'Who has access to which device now: the assignments that hold as of the newest published slot, with their devices.';
comment on column kandji.current_assignment.tenant is 'The Kandji tenant.';
comment on column kandji.current_assignment.device_id is 'As in kandji.device.';
comment on column kandji.current_assignment.device_name is 'As in kandji.device.';
comment on column kandji.current_assignment.serial_number is 'As in kandji.device.';
comment on column kandji.current_assignment.platform is 'As in kandji.device.';
comment on column kandji.current_assignment.access_type is 'assigned_user: the Kandji user assigned to the device; local_account: a regular account on the device.';
comment on column kandji.current_assignment.assignee_key is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.user_id is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.user_email is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.user_name is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.user_is_archived is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.username is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.is_admin is 'As in kandji.device_assignment.';
comment on column kandji.current_assignment.valid_from is 'The slot that first saw it so.';

create view kandji.active_device as
select
    device.tenant,
    device.device_id,
    device.device_name,
    device.serial_number,
    device.platform,
    device.model,
    device.model_identifier,
    device.os_version,
    device.os_build,
    device.os_version_extra,
    device.udid,
    device.asset_tag,
    device.blueprint_id,
    device.blueprint_name,
    device.agent_version,
    device.mdm_enabled,
    device.agent_installed,
    device.is_missing,
    device.is_supervised,
    kandji.encryption(device.platform, device.filevault_enabled) as encryption,
    device.filevault_enabled,
    device.lost_mode_status,
    device.tags,
    device.first_enrolled_at,
    device.last_enrolled_at,
    device.last_check_in,
    device.details_as_of,
    device.absent_since_slot,
    device.unlisted,
    device.first_seen_slot,
    device.last_seen_slot,
    device.changed_slot,
    device.extra,
    assigned.user_id as assigned_user_id,
    assigned.user_email as assigned_user_email,
    assigned.user_name as assigned_user_name,
    assigned.user_is_archived as assigned_user_is_archived,
    assigned.valid_from as assigned_since_slot
from kandji.device device
left join kandji.device_assignment assigned
    on assigned.tenant = device.tenant
    and assigned.device_id = device.device_id
    and assigned.access_type = 'assigned_user'
    and assigned.valid_to is null
where device.status = 'active';
comment on view kandji.active_device is 'Every device that is in the fleet as of the newest published slot, with the user assigned to it.';
comment on column kandji.active_device.tenant is 'The Kandji tenant.';
comment on column kandji.active_device.device_id is 'As in kandji.device.';
comment on column kandji.active_device.device_name is 'As in kandji.device.';
comment on column kandji.active_device.serial_number is 'As in kandji.device.';
comment on column kandji.active_device.platform is 'As in kandji.device.';
comment on column kandji.active_device.model is 'As in kandji.device.';
comment on column kandji.active_device.model_identifier is 'As in kandji.device.';
comment on column kandji.active_device.os_version is 'As in kandji.device.';
comment on column kandji.active_device.os_build is 'As in kandji.device.';
comment on column kandji.active_device.os_version_extra is 'As in kandji.device.';
comment on column kandji.active_device.udid is 'As in kandji.device.';
comment on column kandji.active_device.asset_tag is 'As in kandji.device.';
comment on column kandji.active_device.blueprint_id is 'As in kandji.device.';
comment on column kandji.active_device.blueprint_name is 'As in kandji.device.';
comment on column kandji.active_device.agent_version is 'As in kandji.device.';
comment on column kandji.active_device.mdm_enabled is 'As in kandji.device.';
comment on column kandji.active_device.agent_installed is 'As in kandji.device.';
comment on column kandji.active_device.is_missing is 'As in kandji.device.';
comment on column kandji.active_device.is_supervised is 'As in kandji.device.';
comment on column kandji.active_device.encryption is 'encrypted, unencrypted, unknown or not_applicable, by FileVault as details_as_of knew it: see the function kandji.encryption.';
comment on column kandji.active_device.filevault_enabled is 'As in kandji.device.';
comment on column kandji.active_device.lost_mode_status is 'As in kandji.device.';
comment on column kandji.active_device.tags is 'As in kandji.device.';
comment on column kandji.active_device.first_enrolled_at is 'As in kandji.device.';
comment on column kandji.active_device.last_enrolled_at is 'As in kandji.device.';
comment on column kandji.active_device.last_check_in is 'As in kandji.device.';
comment on column kandji.active_device.details_as_of is 'As in kandji.device.';
comment on column kandji.active_device.absent_since_slot is 'As in kandji.device.';
comment on column kandji.active_device.unlisted is 'As in kandji.device.';
comment on column kandji.active_device.first_seen_slot is 'As in kandji.device.';
comment on column kandji.active_device.last_seen_slot is 'As in kandji.device.';
comment on column kandji.active_device.changed_slot is 'As in kandji.device.';
comment on column kandji.active_device.extra is 'As in kandji.device.';
comment on column kandji.active_device.assigned_user_id is 'The id of the assigned user; NULL when nobody is assigned.';
comment on column kandji.active_device.assigned_user_email is 'The assigned user''s e-mail, lower case; NULL when nobody is assigned, or the user has none.';
comment on column kandji.active_device.assigned_user_name is 'The assigned user''s name.';
comment on column kandji.active_device.assigned_user_is_archived is 'Whether the assigned user is archived in Kandji; NULL when nobody is assigned.';
comment on column kandji.active_device.assigned_since_slot is 'The slot that first saw these facts of the assignment; NULL when nobody is assigned.';

create view kandji.stale_device as
select
    device.tenant,
    device.device_id,
    device.device_name,
    device.serial_number,
    device.platform,
    device.model,
    device.assigned_user_email,
    device.assigned_user_name,
    device.absent_since_slot is not null as is_absent,
    device.absent_since_slot,
    device.last_check_in,
    extract(day from now() - device.last_check_in)::integer as days_since_check_in,
    device.is_missing,
    device.encryption
from kandji.active_device device
where device.absent_since_slot is not null
   or coalesce(device.last_check_in, device.first_enrolled_at, device.first_seen_slot) < now() - interval '30 days';
comment on view kandji.stale_device is 'Active devices that Kandji no longer lists, or that have not checked in for 30 days; one that never did counts from its enrolment.';
comment on column kandji.stale_device.tenant is 'The Kandji tenant.';
comment on column kandji.stale_device.device_id is 'As in kandji.device.';
comment on column kandji.stale_device.device_name is 'As in kandji.device.';
comment on column kandji.stale_device.serial_number is 'As in kandji.device.';
comment on column kandji.stale_device.platform is 'As in kandji.device.';
comment on column kandji.stale_device.model is 'As in kandji.device.';
comment on column kandji.stale_device.assigned_user_email is 'The assigned user''s e-mail, lower case; NULL when nobody is assigned, or the user has none.';
comment on column kandji.stale_device.assigned_user_name is 'The assigned user''s name.';
comment on column kandji.stale_device.is_absent is 'Whether the newest listing did not show it.';
comment on column kandji.stale_device.absent_since_slot is 'As in kandji.device.';
comment on column kandji.stale_device.last_check_in is 'As in kandji.device.';
comment on column kandji.stale_device.days_since_check_in is 'Whole days since the last check-in; NULL when it never checked in.';
comment on column kandji.stale_device.is_missing is 'As in kandji.device.';
comment on column kandji.stale_device.encryption is 'As in kandji.active_device.';

create view kandji.run_status as
select
    run.run_id,
    run.tenant,
    run.slot,
    run.job_name,
    run.outcome,
    case
        when run.outcome = 'running' and run.finished_at is null and not work.is_at_work then 'died'
        else run.outcome
    end as state,
    coalesce(run.failed_step, case when run.finished_at is null then step.step_name end) as step,
    work.is_at_work,
    run.archival_held,
    run.lake_manifest,
    run.devices_listed,
    run.devices_rejected,
    run.devices_changed,
    run.devices_archived,
    run.devices_absent,
    run.devices_held,
    run.assignments_opened,
    run.assignments_closed,
    run.details_fetched,
    run.details_unknown,
    run.details_oldest_as_of,
    coalesce(counted.requests, run.requests_used) as requests_used,
    run.exit_code,
    run.failed_step,
    run.cause,
    run.remedy,
    run.run_by,
    run.started_at,
    run.finished_at,
    case
        when run.finished_at is not null then run.finished_at - run.started_at
        when work.is_at_work then clock_timestamp() - run.started_at
    end as took
from kandji.sync_run run
left join kandji.run_requests counted on counted.run_id = run.run_id
cross join lateral (
    select exists (
        select
        from kandji.lease
        where lease.tenant = run.tenant and lease.run_id = run.run_id and lease.expires_at > clock_timestamp()
    ) as is_at_work
) work
left join lateral (
    select step.step_name
    from batch.batch_step_execution step
    join batch.batch_job_execution execution on execution.job_execution_id = step.job_execution_id
    where execution.job_instance_id = run.run_id
    order by step.step_execution_id desc
    limit 1
) step on run.finished_at is null;
comment on view kandji.run_status is 'The runs as an operator looks at them, what the command status shows: order by slot desc.';
comment on column kandji.run_status.run_id is 'As in kandji.sync_run.';
comment on column kandji.run_status.tenant is 'The Kandji tenant.';
comment on column kandji.run_status.slot is 'As in kandji.sync_run.';
comment on column kandji.run_status.job_name is 'As in kandji.sync_run.';
comment on column kandji.run_status.outcome is 'As in kandji.sync_run.';
comment on column kandji.run_status.state is 'The outcome, or died: it says running, and no process is at work on it.';
comment on column kandji.run_status.step is 'The step that it is in, or failed in; NULL before the first one, and once it is over.';
comment on column kandji.run_status.is_at_work is 'Whether a process is at work on it, as the lease says.';
comment on column kandji.run_status.archival_held is 'As in kandji.sync_run.';
comment on column kandji.run_status.lake_manifest is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_listed is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_rejected is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_changed is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_archived is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_absent is 'As in kandji.sync_run.';
comment on column kandji.run_status.devices_held is 'As in kandji.sync_run.';
comment on column kandji.run_status.assignments_opened is 'As in kandji.sync_run.';
comment on column kandji.run_status.assignments_closed is 'As in kandji.sync_run.';
comment on column kandji.run_status.details_fetched is 'As in kandji.sync_run.';
comment on column kandji.run_status.details_unknown is 'As in kandji.sync_run.';
comment on column kandji.run_status.details_oldest_as_of is 'As in kandji.sync_run.';
comment on column kandji.run_status.requests_used is 'Requests taken for it up to now, over all its processes, the one at work included.';
comment on column kandji.run_status.exit_code is 'As in kandji.sync_run.';
comment on column kandji.run_status.failed_step is 'As in kandji.sync_run.';
comment on column kandji.run_status.cause is 'As in kandji.sync_run.';
comment on column kandji.run_status.remedy is 'As in kandji.sync_run.';
comment on column kandji.run_status.run_by is 'As in kandji.sync_run.';
comment on column kandji.run_status.started_at is 'As in kandji.sync_run.';
comment on column kandji.run_status.finished_at is 'As in kandji.sync_run.';
comment on column kandji.run_status.took is 'From its first start to its end, or to now while a process is at work on it; NULL when it died.';

-- The newest slot that was published at or before a moment, and the first one after it. Each is one step in an index.
create index sync_run_published on kandji.sync_run (tenant, slot) where outcome = 'published';

-- Where history was pruned, there is no answer for the time before.
create table kandji.history_horizon (
    tenant text collate "C" primary key,
    known_from timestamptz not null
);
comment on table kandji.history_horizon is 'Since when a tenant''s history is whole, where older history was pruned: device_at and who_had tell nothing of the time before. No row: nothing was pruned.';
comment on column kandji.history_horizon.tenant is 'The Kandji tenant.';
comment on column kandji.history_horizon.known_from is 'Periods that ended at this moment or before it were deleted.';

create function kandji.device_at(tenant text, at timestamptz) returns table (
    device_id text,
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
    encryption text,
    lost_mode_status text,
    tags text[],
    first_enrolled_at timestamptz,
    last_enrolled_at timestamptz,
    status text,
    archived_reason text,
    assigned_user_id text,
    assigned_user_email text,
    assigned_user_name text,
    assigned_user_is_archived boolean,
    observed_before timestamptz,
    observed_after timestamptz,
    details_verified_after timestamptz
)
language sql stable
as $$
    select
        history.device_id,
        history.device_name,
        history.serial_number,
        history.platform,
        history.model,
        case when known.are_details then history.model_identifier end,
        history.os_version,
        history.os_build,
        history.os_version_extra,
        case when known.are_details then history.udid end,
        history.asset_tag,
        history.blueprint_id,
        history.blueprint_name,
        history.agent_version,
        history.mdm_enabled,
        history.agent_installed,
        history.is_missing,
        history.is_removed,
        case when known.are_details then history.is_supervised end,
        case when known.are_details then history.filevault_enabled end,
        kandji.encryption(history.platform, case when known.are_details then history.filevault_enabled end),
        history.lost_mode_status,
        history.tags,
        history.first_enrolled_at,
        history.last_enrolled_at,
        history.status,
        history.archived_reason,
        assigned.user_id,
        assigned.user_email,
        assigned.user_name,
        assigned.user_is_archived,
        observed.before,
        observed.after,
        case
            when not known.are_details then null
            -- Nothing was answered between the row's last answer and the moment: that answer it was.
            when coalesce(history.details_as_of, device.details_as_of) <= device_at.at
                then coalesce(history.details_as_of, device.details_as_of)
            -- An answer came later in the row's time, and which ones came before the moment is not kept. Surely there
            -- were these: the first one; the last one of the row before; and where details made this row, the one that
            -- did, in the slot that opened it.
            else greatest(
                history.details_first_as_of,
                case when former.details_as_of <= device_at.at then former.details_as_of end,
                case
                    when former.details_first_as_of is not null and (
                        history.udid, history.model_identifier, history.is_supervised, history.filevault_enabled
                    ) is distinct from (
                        former.udid, former.model_identifier, former.is_supervised, former.filevault_enabled
                    ) then history.valid_from
                end)
        end
    from (
        select
            (
                select max(run.slot) from kandji.sync_run run
                where run.tenant = device_at.tenant and run.outcome = 'published' and run.slot <= device_at.at
            ) as before,
            (
                select min(run.slot) from kandji.sync_run run
                where run.tenant = device_at.tenant and run.outcome = 'published' and run.slot > device_at.at
            ) as after
    ) observed
    join kandji.device_history history
        on history.tenant = device_at.tenant
        and history.valid_from <= device_at.at
        and (history.valid_to is null or history.valid_to > device_at.at)
    cross join lateral (
        select coalesce(history.details_first_as_of <= device_at.at, false) as are_details
    ) known
    left join kandji.device device
        on history.valid_to is null and device.tenant = history.tenant and device.device_id = history.device_id
    left join kandji.device_history former
        on former.tenant = history.tenant and former.device_id = history.device_id and former.valid_to = history.valid_from
    left join kandji.device_assignment assigned
        on assigned.tenant = history.tenant
        and assigned.device_id = history.device_id
        and assigned.access_type = 'assigned_user'
        and assigned.valid_from <= device_at.at
        and (assigned.valid_to is null or assigned.valid_to > device_at.at)
    where not exists (
        select
        from kandji.history_horizon horizon
        where horizon.tenant = device_at.tenant and horizon.known_from > device_at.at
    )
$$;
comment on function kandji.device_at(text, timestamptz) is 'Every device of a tenant as it was known at a moment, archived ones included; no row when nothing was observed until then, or when the history of that time was pruned (kandji.history_horizon). What was known is what the newest slot at or before the moment saw: observed_before; what is other in observed_after changed between the two. Columns from details (model_identifier, udid, is_supervised, filevault_enabled, encryption) are NULL, and encryption is unknown, before they were first answered; details_verified_after is the oldest time at which they can have been confirmed last.';

create function kandji.who_had(tenant text, serial text, "from" timestamptz, "to" timestamptz) returns table (
    answer text,
    device_id text,
    serial_number text,
    access_type text,
    user_id text,
    user_email text,
    user_name text,
    user_is_archived boolean,
    username text,
    is_admin boolean,
    observed_before timestamptz,
    valid_from timestamptz,
    observed_last timestamptz,
    valid_to timestamptz,
    slots_observed bigint,
    known_from timestamptz
)
language plpgsql stable
as $$
#variable_conflict use_column
declare
    of_tenant constant text := who_had.tenant;
    wanted constant text := upper(btrim(who_had.serial));
    begins timestamptz := coalesce(who_had."from", '-infinity');
    asked_from constant timestamptz := begins;
    whole_from constant timestamptz := (
        select horizon.known_from from kandji.history_horizon horizon where horizon.tenant = of_tenant
    );
    ends constant timestamptz := coalesce(who_had."to", 'infinity');
    slots bigint;
    is_observed boolean;
begin
    if wanted is null or wanted = '' then
        raise exception 'There is no serial number to look for'
            using errcode = 'invalid_parameter_value',
                hint = 'Ask who_had(tenant, serial, from, to) with the serial number as the device shows it';
    end if;
    if begins >= ends then
        raise exception 'The time asked for ends at %, which is not after its beginning, %', ends, begins
            using errcode = 'invalid_parameter_value',
                hint = 'A day is from its midnight to the next: ''2026-03-03 00:00Z'', ''2026-03-04 00:00Z''';
    end if;
    -- Of the time before, periods may be missing.
    begins := greatest(begins, whole_from);
    select count(*) into slots
    from kandji.sync_run run
    where run.tenant = of_tenant and run.outcome = 'published' and run.slot >= begins and run.slot < ends;

    return query
    select
        'had',
        assignment.device_id,
        named.serial_number,
        assignment.access_type,
        assignment.user_id,
        assignment.user_email,
        assignment.user_name,
        assignment.user_is_archived,
        assignment.username,
        assignment.is_admin,
        (
            select max(run.slot) from kandji.sync_run run
            where run.tenant = of_tenant and run.outcome = 'published' and run.slot < assignment.valid_from
        ),
        assignment.valid_from,
        (
            select max(run.slot) from kandji.sync_run run
            where run.tenant = of_tenant and run.outcome = 'published'
              and run.slot < coalesce(assignment.valid_to, 'infinity')
        ),
        assignment.valid_to,
        slots,
        whole_from
    from kandji.device_assignment assignment
    -- While the device had that serial number, which can change: the last spelling in that time.
    cross join lateral (
        select history.serial_number
        from kandji.device_history history
        where history.tenant = of_tenant
          and history.device_id = assignment.device_id
          and upper(history.serial_number) = wanted
          and greatest(history.valid_from, assignment.valid_from, begins)
              < least(coalesce(history.valid_to, 'infinity'), coalesce(assignment.valid_to, 'infinity'), ends)
        order by history.valid_from desc
        limit 1
    ) named
    where assignment.tenant = of_tenant
      and assignment.device_id in (
        select history.device_id
        from kandji.device_history history
        where history.tenant = of_tenant and upper(history.serial_number) = wanted
      )
    order by assignment.access_type, assignment.valid_from, assignment.device_id, assignment.assignee_key;
    if found then
        return;
    end if;

    -- Nobody is an answer only where somebody looked, a slot in that time, or one shortly before it, and where nothing was
    -- pruned of the time. Who asks without a beginning asks for what is known.
    is_observed := (asked_from = '-infinity' or coalesce(asked_from >= whole_from, true))
        and (slots > 0 or exists (
            select
            from kandji.sync_run run
            where run.tenant = of_tenant and run.outcome = 'published'
              and run.slot < begins and run.slot > begins - interval '2 hours'
        ));
    return query
    select
        case
            when not exists (
                select
                from kandji.device_history history
                where history.tenant = of_tenant and upper(history.serial_number) = wanted
            ) then 'unknown serial'
            when is_observed then 'nobody'
            else 'not observed'
        end,
        null::text, wanted, null::text, null::text, null::text, null::text, null::boolean, null::text, null::boolean,
        (
            select max(run.slot) from kandji.sync_run run
            where run.tenant = of_tenant and run.outcome = 'published' and run.slot < begins
        ),
        null::timestamptz,
        null::timestamptz,
        null::timestamptz,
        slots,
        whole_from;
end
$$;
comment on function kandji.who_had(text, text, timestamptz, timestamptz) is 'Who had access to the devices of a serial number, in whatever case, in a time from (at or after) to (before); NULL for no bound. A row with the answer had for each period that overlaps it, of the assigned users (access_type assigned_user) and the local accounts of Macs (local_account). A period began between observed_before, the last slot that did not see it yet, and valid_from, the first that did, and ended between observed_last and valid_to; valid_to is NULL while it lasts. Where there is no period, exactly one row, with the answer nobody (it was observed, and nobody had it, or it was not in the fleet), not observed (no slot was published in that time, nor in the two hours before it, or history of that time was pruned), or unknown serial. slots_observed is the number of slots published in the time asked for. known_from, where history was pruned, is since when it is whole: of the time before, periods may be missing.';
