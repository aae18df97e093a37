package io.kandjietl.warehouse;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many devices a run's listing shows.
 *
 * @param accepted devices with a good row
 * @param rejected devices without one
 */
record ListingCounts(long accepted, long rejected) {

    static ListingCounts of(JdbcClient jdbc, Run run) {
        return jdbc.sql(Statements.named("select-listing-counts"))
                .param("runId", run.runId())
                .query((row, number) -> new ListingCounts(row.getLong("accepted"), row.getLong("rejected")))
                .single();
    }

    long total() {
        return accepted + rejected;
    }
}
