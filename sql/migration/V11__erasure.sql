-- Erasure: that a person was forgotten, and, only while it is being done, who.

create table kandji.erasure (
    tenant text collate "C" not null,
    pseudonym text collate "C" not null,
    erased_at timestamptz not null,
    run_by text not null,
    rows_changed bigint not null,
    files_rewritten bigint not null,
    primary key (tenant, pseudonym)
);
comment on table kandji.erasure is 'That a person was forgotten: when, and under which pseudonym the person''s rows stand since. Nothing here says who it was.';
comment on column kandji.erasure.tenant is 'The Kandji tenant.';
comment on column kandji.erasure.pseudonym is 'Random: it stands where the person''s id, e-mail and name stood.';
comment on column kandji.erasure.erased_at is 'When it was done.';
comment on column kandji.erasure.run_by is 'The pod or host that did it.';
comment on column kandji.erasure.rows_changed is 'Rows of the warehouse in which something was replaced.';
comment on column kandji.erasure.files_rewritten is 'Files of the lake that were rewritten, by the process that ended it.';

create table kandji.erasure_in_hand (
    tenant text collate "C" primary key,
    pseudonym text not null,
    emails text[] not null,
    user_ids text[] not null,
    names text[] not null,
    usernames text[] not null,
    device_ids text[] not null,
    begun_at timestamptz not null
);
comment on table kandji.erasure_in_hand is 'Whom a forget-user is about that has begun: so that one that was killed is ended under the same pseudonym. Deleted when it ends, in the same transaction as the last traces.';
comment on column kandji.erasure_in_hand.tenant is 'The Kandji tenant.';
comment on column kandji.erasure_in_hand.pseudonym is 'As in kandji.erasure.';
comment on column kandji.erasure_in_hand.emails is 'The person''s e-mails.';
comment on column kandji.erasure_in_hand.user_ids is 'The person''s ids.';
comment on column kandji.erasure_in_hand.names is 'The person''s names, as they were spelled.';
comment on column kandji.erasure_in_hand.usernames is 'The user names of the person''s local accounts.';
comment on column kandji.erasure_in_hand.device_ids is 'The devices that the person had.';
comment on column kandji.erasure_in_hand.begun_at is 'When it was begun.';
