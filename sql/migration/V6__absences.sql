-- Absences: devices that the listing does not show, what a look-up said of them, and what the guard held back.

create table kandji.held_archival (
    tenant text collate "C" not null,
    slot timestamptz not null,
    device_id text collate "C" not null,
    reason text not null,
    accepted_at timestamptz,
    primary key (tenant, slot, device_id),
    constraint held_archival_reason_known check (reason in ('removed', 'gone'))
);
comment on table kandji.held_archival is 'Devices whose archiving the guard held back, because so many at once are more likely a mistake. A row is deleted once its device is archived, or is in the fleet again; rows that nobody accepted are kept for the last three slots that held any.';
comment on column kandji.held_archival.tenant is 'The Kandji tenant.';
comment on column kandji.held_archival.slot is 'The slot that held it back.';
comment on column kandji.held_archival.device_id is 'The device.';
comment on column kandji.held_archival.reason is 'removed: the listing says so; gone: the listing does not show it.';
comment on column kandji.held_archival.accepted_at is 'When a person accepted that it is archived; NULL as long as nobody did.';

alter table kandji.staged_details
    add column verdict text,
    add constraint staged_details_verdict_known check (verdict in ('there', 'unknown'));
comment on column kandji.staged_details.verdict is 'there: the tenant answered for the device; unknown: it knows no such device; NULL: it did not say.';
comment on column kandji.staged_details.position is 'When it was asked in its run, in relation to others: absent devices by their ranks, below 0, each listed device that vouches for them at the rank after which it was asked, and then the devices whose details were chosen, by their ranks from 1.';
comment on column kandji.details_worklist.rank is 'The device''s place: the first are asked for first. Below 0 for absent devices, from 1 for those whose details were chosen.';
comment on table kandji.details_worklist is 'The devices that a run asks for, in the order of their worth: absent ones first, then, in their place, those whose details are worth a request. Emptied once the run is over.';
