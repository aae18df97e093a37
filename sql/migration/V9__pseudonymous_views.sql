-- For readers who may not see whom it is about: the same rows with a keyed hash in the place of ids, e-mails and names. The
-- key is made here, in the database, and shown to nobody: views read it with their owner's rights.

create table kandji.hash_key (
    only_one boolean primary key default true,
    inner_key bytea not null,
    outer_key bytea not null,
    constraint hash_key_only_one check (only_one)
);
comment on table kandji.hash_key is 'The key of the hashes in the pseudonymous views. Who reads it can try e-mails until one fits: nobody needs to. Made anew (update it), all hashes are others.';
comment on column kandji.hash_key.only_one is 'There is one key.';
comment on column kandji.hash_key.inner_key is 'Of the inner hash; 64 bytes, 488 of their bits random.';
comment on column kandji.hash_key.outer_key is 'Of the outer hash, which hides the inner one; the same.';
insert into kandji.hash_key (inner_key, outer_key)
select
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

create function kandji.keyed_hash(value text, inner_key bytea, outer_key bytea) returns text
language sql immutable parallel safe
return left(encode(sha256(outer_key || sha256(inner_key || convert_to(value, 'UTF8'))), 'hex'), 32);
comment on function kandji.keyed_hash(text, bytea, bytea) is 'The first 128 bits of a nested, keyed SHA-256 of a text, in hexadecimal digits.';

create view kandji.pseudonymous_assignment as
select
    assignment.tenant,
    assignment.device_id,
    assignment.access_type,
    kandji.keyed_hash(assignment.tenant || '/' || assignment.user_id, key.inner_key, key.outer_key) as user_id_hash,
    kandji.keyed_hash(assignment.tenant || '/' || assignment.user_email, key.inner_key, key.outer_key) as user_email_hash,
    kandji.keyed_hash(assignment.tenant || '/' || assignment.username, key.inner_key, key.outer_key) as username_hash,
    assignment.user_is_archived,
    assignment.is_admin,
    assignment.valid_from,
    assignment.valid_to
from kandji.device_assignment assignment
cross join kandji.hash_key key;
comment on view kandji.pseudonymous_assignment is 'Who had access to which device, and when, as in kandji.device_assignment, with keyed hashes for people. The same person has the same hash.';
comment on column kandji.pseudonymous_assignment.tenant is 'The Kandji tenant.';
comment on column kandji.pseudonymous_assignment.device_id is 'The device.';
comment on column kandji.pseudonymous_assignment.access_type is 'As in kandji.device_assignment.';
comment on column kandji.pseudonymous_assignment.user_id_hash is 'Of the Kandji user''s id; NULL for a local account.';
comment on column kandji.pseudonymous_assignment.user_email_hash is 'Of the Kandji user''s e-mail.';
comment on column kandji.pseudonymous_assignment.username_hash is 'Of the local account''s user name; NULL for a Kandji user.';
comment on column kandji.pseudonymous_assignment.user_is_archived is 'As in kandji.device_assignment.';
comment on column kandji.pseudonymous_assignment.is_admin is 'As in kandji.device_assignment.';
comment on column kandji.pseudonymous_assignment.valid_from is 'As in kandji.device_assignment.';
comment on column kandji.pseudonymous_assignment.valid_to is 'As in kandji.device_assignment.';

create view kandji.pseudonymous_device as
select
    device.tenant,
    device.device_id,
    device.serial_number,
    device.platform,
    device.model,
    device.model_identifier,
    device.os_version,
    device.os_build,
    device.os_version_extra,
    device.blueprint_id,
    device.blueprint_name,
    device.agent_version,
    device.mdm_enabled,
    device.agent_installed,
    device.is_missing,
    device.is_removed,
    device.is_supervised,
    kandji.encryption(device.platform, device.filevault_enabled) as encryption,
    device.lost_mode_status,
    device.first_enrolled_at,
    device.last_enrolled_at,
    device.status,
    device.archived_reason,
    device.archived_at,
    device.last_check_in,
    device.details_as_of,
    device.absent_since_slot,
    device.first_seen_slot,
    device.last_seen_slot,
    device.changed_slot,
    assigned.user_id_hash as assigned_user_id_hash
from kandji.device device
left join kandji.pseudonymous_assignment assigned
    on assigned.tenant = device.tenant
    and assigned.device_id = device.device_id
    and assigned.access_type = 'assigned_user'
    and assigned.valid_to is null;
comment on view kandji.pseudonymous_device is 'Every device as in kandji.device, without what people write about one (device_name, asset_tag, tags, extra), which may name somebody.';
comment on column kandji.pseudonymous_device.tenant is 'The Kandji tenant.';
comment on column kandji.pseudonymous_device.device_id is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.serial_number is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.platform is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.model is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.model_identifier is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.os_version is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.os_build is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.os_version_extra is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.blueprint_id is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.blueprint_name is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.agent_version is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.mdm_enabled is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.agent_installed is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.is_missing is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.is_removed is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.is_supervised is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.encryption is 'As in kandji.active_device.';
comment on column kandji.pseudonymous_device.lost_mode_status is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.first_enrolled_at is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.last_enrolled_at is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.status is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.archived_reason is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.archived_at is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.last_check_in is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.details_as_of is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.absent_since_slot is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.first_seen_slot is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.last_seen_slot is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.changed_slot is 'As in kandji.device.';
comment on column kandji.pseudonymous_device.assigned_user_id_hash is 'Of the assigned user''s id, as in kandji.pseudonymous_assignment; NULL when nobody is assigned.';

create view kandji.pseudonymous_device_history as
select
    history.tenant,
    history.device_id,
    history.serial_number,
    history.platform,
    history.model,
    history.model_identifier,
    history.os_version,
    history.os_build,
    history.os_version_extra,
    history.blueprint_id,
    history.blueprint_name,
    history.agent_version,
    history.mdm_enabled,
    history.agent_installed,
    history.is_missing,
    history.is_removed,
    history.is_supervised,
    kandji.encryption(history.platform, history.filevault_enabled) as encryption,
    history.lost_mode_status,
    history.status,
    history.archived_reason,
    history.details_first_as_of,
    history.valid_from,
    history.valid_to
from kandji.device_history history;
comment on view kandji.pseudonymous_device_history is 'What each device was from one slot to another, as in kandji.device_history, without what people write about one (device_name, asset_tag, tags).';
comment on column kandji.pseudonymous_device_history.tenant is 'The Kandji tenant.';
comment on column kandji.pseudonymous_device_history.device_id is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.serial_number is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.platform is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.model is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.model_identifier is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.os_version is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.os_build is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.os_version_extra is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.blueprint_id is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.blueprint_name is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.agent_version is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.mdm_enabled is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.agent_installed is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.is_missing is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.is_removed is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.is_supervised is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.encryption is 'As in kandji.active_device; unknown before details_first_as_of.';
comment on column kandji.pseudonymous_device_history.lost_mode_status is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.status is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.archived_reason is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.details_first_as_of is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.valid_from is 'As in kandji.device_history.';
comment on column kandji.pseudonymous_device_history.valid_to is 'As in kandji.device_history.';
