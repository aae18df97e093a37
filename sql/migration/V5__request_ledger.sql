-- What is asked of a tenant's API: it has one budget, which its other integrations share.
create table kandji.request_ledger (
    tenant text collate "C" not null,
    hour timestamptz not null,
    requests_granted bigint not null default 0,
    requests_seen bigint,
    remaining_hour bigint,
    limit_hour bigint,
    seen_at timestamptz,
    primary key (tenant, hour),
    constraint request_ledger_whole_hour check (hour = date_trunc('hour', hour, 'UTC')),
    constraint request_ledger_seen_together check (num_nulls(requests_seen, remaining_hour, limit_hour, seen_at) in (0, 4))
);
comment on table kandji.request_ledger is 'How many requests to a tenant''s API were granted to this program in a clock hour, before they were made. Nothing is ever given back. Hours are kept for 31 days.';
comment on column kandji.request_ledger.tenant is 'The Kandji tenant.';
comment on column kandji.request_ledger.hour is 'The clock hour, UTC, by its beginning.';
comment on column kandji.request_ledger.requests_granted is 'Requests granted in this hour to all processes together.';
comment on column kandji.request_ledger.requests_seen is 'How many of them had been made when the tenant last told its limit; NULL when it has not in this hour.';
comment on column kandji.request_ledger.remaining_hour is 'What the tenant said then that all its integrations may still ask in this hour: x-ratelimit-remaining-hour.';
comment on column kandji.request_ledger.limit_hour is 'What the tenant said then that they may ask in an hour: x-ratelimit-limit-hour.';
comment on column kandji.request_ledger.seen_at is 'When the tenant said so.';

create table kandji.request_block (
    tenant text collate "C" primary key,
    blocked_until timestamptz not null,
    told_at timestamptz not null
);
comment on table kandji.request_block is 'Until when a tenant asked not to be asked again: a Retry-After that was too long to wait for. No process asks before.';
comment on column kandji.request_block.tenant is 'The Kandji tenant.';
comment on column kandji.request_block.blocked_until is 'The first moment at which it may be asked again.';
comment on column kandji.request_block.told_at is 'When it last said so.';

create table kandji.run_requests (
    run_id bigint primary key references kandji.sync_run on delete cascade,
    requests bigint not null
);
comment on table kandji.run_requests is 'How many requests a run took from the ledger, over all its processes: what sync_run.requests_used is set from when a process begins and ends.';
comment on column kandji.run_requests.run_id is 'The run.';
comment on column kandji.run_requests.requests is 'Requests granted to the run, without those that its processes told to be left over when they ended: a process that died told nothing, so up to 10 for each such death were perhaps not made.';

insert into kandji.run_requests (run_id, requests) select run_id, requests_used from kandji.sync_run;
