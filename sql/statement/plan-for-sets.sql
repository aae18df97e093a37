-- For this transaction: joins of whole sets. Tables that were filled a moment ago have no statistics yet, and a nested
-- loop chosen on a wrong guess makes a publication quadratic; a hash join of the same rows is linear whatever the guess.
select
    set_config('enable_nestloop', 'off', true),
    set_config('work_mem', '64MB', true),
    set_config('jit', 'off', true)
