-- As begun before under the same pseudonym, with what was learned since; nothing where another erasure is in hand.
insert into kandji.erasure_in_hand (
    tenant, pseudonym, emails, user_ids, names, usernames, device_ids, begun_at
) values (
    :tenant, :pseudonym, :emails, :userIds, :names, :usernames, :deviceIds, :now
)
on conflict (tenant) do update set
    emails = excluded.emails,
    user_ids = excluded.user_ids,
    names = excluded.names,
    usernames = excluded.usernames,
    device_ids = excluded.device_ids
where erasure_in_hand.pseudonym = excluded.pseudonym
