-- What the guard weighs. A device that is there though the listing does not show it is no departure, and what a person
-- accepted is not counted again; what was held back and nobody accepted stays held, however the fleet grows.
select
    (select count(*) from kandji.device where tenant = :tenant and status = 'active') as active,
    count(*) filter (where not is_unlisted and not is_accepted) as departing,
    count(*) filter (where is_unlisted or is_accepted) as excused,
    count(*) filter (where is_held and not is_unlisted) as held,
    count(*) filter (where reason = 'gone') as absent,
    exists (
        select from kandji.rejected_record where run_id = :runId and source = 'list' and device_id is null
    ) as is_listing_unreadable
from departing
