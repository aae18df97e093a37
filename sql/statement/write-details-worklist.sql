-- Whose details are worth a request, the worthiest first: devices never looked up (returned ones too), then those whose
-- listed row changed in a tracked column, then those whose details would be too old before the next slot; among equals the
-- oldest attempt first, so that a device whose details failed goes to the back. A device that answered in this run already,
-- to vouch for the look-up of absent ones, is not asked again.
with wanted as materialized (
    select
        listed.device_id,
        row_number() over (
            order by
                case
                    when known.device_id is null or known.status = 'archived' or known.details_tried_at is null then 1
                    when listed.is_changed then 2
                    else 3
                end,
                known.details_tried_at nulls first,
                listed.device_id
        ) as rank
    from listed
    left join kandji.device known on known.tenant = :tenant and known.device_id = listed.device_id
    where listed.status = 'active'
      and (
        known.device_id is null
        or known.status = 'archived'
        or known.details_tried_at is null
        or listed.is_changed
        or known.details_as_of is null
        or known.details_as_of < :tooOldBefore
      )
      and not exists (
        select
        from kandji.staged_details asked
        where asked.run_id = :runId and asked.device_id = listed.device_id and asked.verdict = 'there'
      )
), chosen as (
    insert into kandji.details_worklist (run_id, rank, device_id)
    select :runId, rank, device_id from wanted where rank <= :most
)
select count(*) from wanted
