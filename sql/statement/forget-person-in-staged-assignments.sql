-- Keys stay distinct: a person with a second local account has a number behind the pseudonym there.
update kandji.staged_assignment
set assignee_key = case
        when access_type = 'local_account' and array_position(:usernames, username) > 1
            then :pseudonym || '-' || array_position(:usernames, username)
        else :pseudonym
    end,
    user_id = case when user_id is not null then :pseudonym end,
    user_email = case when user_email is not null then :pseudonym end,
    user_name = case when user_name is not null then :pseudonym end,
    username = case
        when username is null then null
        when array_position(:usernames, username) > 1
            then :pseudonym || '-' || array_position(:usernames, username)
        else :pseudonym
    end
where run_id in (select run_id from kandji.sync_run where tenant = :tenant)
  and (user_email = any(:emails) or user_id = any(:userIds)
    or access_type = 'local_account' and device_id = any(:deviceIds) and username = any(:usernames))
