select
    (select count(*) from listed where is_new or is_changed) + (
        select count(*)
        from told
        where told.is_changed and not exists (
            select from listed where listed.device_id = told.device_id and (listed.is_new or listed.is_changed)
        )
    ) + (select count(*) from gone) as changed,
    (
        select count(*)
        from listed
        where status = 'archived' and (is_new or is_leaving)
    ) + (select count(*) from gone) as archived,
    (select count(*) from told where as_of is not null) as details
