package io.kandjietl.warehouse;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many devices may be about to leave the fleet, by what a run's listing shows.
 *
 * @param active devices that the warehouse holds as active
 * @param listed devices that the listing shows, rejected ones included
 * @param departing active devices that the listing says to be removed, or does not show, but for the excused ones
 * @param excused such devices that are known to be there though not listed, or whose archiving a person accepted
 * @param held of the departing ones, those that were held back before and that nobody accepted
 * @param absent active devices that the listing does not show, excused or not
 * @param isListingUnreadable whether a rejected row of the listing has no readable id: any device that it does not show
 *     may be that one
 */
record Departures(
        long active, long listed, long departing, long excused, long held, long absent, boolean isListingUnreadable) {

    /**
     * Finds them, and leaves them in the transaction's temporary table {@code departing}, beside {@code listed}. Must be
     * called in a transaction, once.
     */
    static Departures find(JdbcClient jdbc, Run run, long listed) {
        for (String statement :
                new String[] {"create-listed", "analyze-listed", "create-departing", "analyze-departing"}) {
            statement(jdbc, run, statement).update();
        }
        return statement(jdbc, run, "select-departures")
                .query((row, number) -> new Departures(
                        row.getLong("active"),
                        listed,
                        row.getLong("departing"),
                        row.getLong("excused"),
                        row.getLong("held"),
                        row.getLong("absent"),
                        row.getBoolean("is_listing_unreadable")))
                .single();
    }

    private static JdbcClient.StatementSpec statement(JdbcClient jdbc, Run run, String name) {
        return jdbc.sql(Statements.named(name)).param("runId", run.runId()).param("tenant", run.tenant());
    }
}
