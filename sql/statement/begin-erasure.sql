insert into kandji.erasure_in_hand (
    tenant, pseudonym, emails, user_ids, names, usernames, device_ids, begun_at
) values (
    :tenant, :pseudonym, :emails, :userIds, :names, :usernames, :deviceIds, :now
)
