-- Comes before the rows go: from now on nobody answers for the time before.
insert into kandji.history_horizon (tenant, known_from)
values (:tenant, :before)
on conflict (tenant) do update set known_from = greatest(history_horizon.known_from, excluded.known_from)
