insert into kandji.erasure (tenant, pseudonym, erased_at, run_by, rows_changed, files_rewritten)
values (:tenant, :pseudonym, :now, :runBy, :rows, :files)
