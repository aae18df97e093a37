package io.kandjietl.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Whatever statement a transaction's connection executes at a moment, to be cancelled from another thread. PostgreSQL is
 * told on a connection of its own, which a transaction-pooling proxy passes on.
 */
public final class RunningStatement {

    private static final Logger log = LoggerFactory.getLogger(RunningStatement.class);

    private final PGConnection connection;

    private RunningStatement(PGConnection connection) {
        this.connection = connection;
    }

    /** That of the current transaction; to be called within it. */
    public static RunningStatement ofTransaction(DataSource dataSource) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return new RunningStatement(connection.unwrap(PGConnection.class));
        } catch (SQLException e) {
            throw new IllegalStateException("The connection is none of PostgreSQL's", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Cancels it, if there is one: it fails, and its transaction with it. */
    public void cancel() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            log.warn("Unable to cancel a statement: {}", e.getMessage());
        }
    }
}
