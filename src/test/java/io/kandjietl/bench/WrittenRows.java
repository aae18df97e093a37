package io.kandjietl.bench;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many rows of the program's tables were written since PostgreSQL counts, committed or not.
 *
 * @param devices rows of {@code device} that were inserted
 * @param periods rows of {@code device_history} that were inserted
 * @param all inserts, updates and deletes of all tables: staging, what is published, and what runs keep
 */
record WrittenRows(long devices, long periods, long all) {

    static WrittenRows of(JdbcClient jdbc) {
        return jdbc.sql("""
                        select
                            sum(n_tup_ins) filter (where relname = 'device') as devices,
                            sum(n_tup_ins) filter (where relname = 'device_history') as periods,
                            sum(n_tup_ins + n_tup_upd + n_tup_del) as all_rows
                        from pg_stat_user_tables
                        where schemaname in ('kandji', 'batch')
                        """)
                .query((row, number) ->
                        new WrittenRows(row.getLong("devices"), row.getLong("periods"), row.getLong("all_rows")))
                .single();
    }

    WrittenRows since(WrittenRows before) {
        return new WrittenRows(devices - before.devices, periods - before.periods, all - before.all);
    }
}
