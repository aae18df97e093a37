update kandji.sync_run
set outcome = 'published',
    devices_listed = :devicesListed,
    devices_rejected = :devicesRejected,
    devices_changed = :devicesChanged,
    devices_archived = :devicesArchived,
    devices_absent = (
        select count(*)
        from kandji.device
        where tenant = :tenant and status = 'active' and last_seen_slot < :slot
    ),
    devices_held = :devicesHeld,
    archival_held = :devicesHeld > 0,
    assignments_opened = :assignmentsOpened,
    assignments_closed = :assignmentsClosed,
    details_fetched = :detailsFetched,
    details_unknown = (
        select count(*)
        from kandji.device
        where tenant = :tenant and status = 'active' and details_as_of is null
    ),
    details_oldest_as_of = (
        select min(details_as_of)
        from kandji.device
        where tenant = :tenant and status = 'active'
    )
where run_id = :runId
