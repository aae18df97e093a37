-- What the holder of a lease works on, and whether an operator wants it to stop.

alter table kandji.lease
    add column run_id bigint,
    add column stop_requested boolean not null default false;
comment on column kandji.lease.run_id is 'The run that the holder works on; NULL before it begins one, and where it came for something else.';
comment on column kandji.lease.stop_requested is 'Whether an operator wants the holder to stop: it looks every few seconds.';
