-- The guard holds the archiving back: what the listing says to be removed stays active, with all else that it says.
update listed
set status = 'active',
    archived_reason = null,
    is_changed = is_otherwise_changed
where is_leaving
