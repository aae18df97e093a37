package io.kandjietl.support;

import static io.kandjietl.support.Patience.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An exclusive lock on a table of an installation, which stops whoever comes to it. */
public final class TableLock implements AutoCloseable {

    private final Connection connection;

    private TableLock(Connection connection) {
        this.connection = connection;
    }

    /** Locks a table, waiting for those that have it. */
    public static TableLock on(Installation installation, String table) {
        try {
            Connection connection = installation.database().dataSource().getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("lock table " + table + " in access exclusive mode");
            }
            return new TableLock(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Unable to lock " + table, e);
        }
    }

    /** Locks a table as soon as it is there. */
    public static TableLock onceThere(Installation installation, String table) {
        await().until(() -> !installation
                .lines("select 1 where to_regclass('" + table + "') is not null")
                .isEmpty());
        return on(installation, table);
    }

    /** Waits until so many sessions wait for locks. */
    public static void awaitBlocked(Installation installation, int sessions) {
        await().until(() -> installation
                        .lines("select 1 from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock'")
                        .size()
                == sessions);
    }

    /** Lets them go on. */
    public void release() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
