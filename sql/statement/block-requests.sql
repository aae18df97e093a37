insert into kandji.request_block as block (tenant, blocked_until, told_at)
values (:tenant, :until, :now)
on conflict (tenant) do update set
    blocked_until = greatest(block.blocked_until, excluded.blocked_until),
    told_at = excluded.told_at
