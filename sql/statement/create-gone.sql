-- The devices that are archived because their absence is confirmed. One that was known to be there though it is not listed was
-- not weighed by the guard: it counts as absent from now on, and leaves in a later run.
create temporary table gone on commit drop as
select device_id from confirmed where not is_unlisted
