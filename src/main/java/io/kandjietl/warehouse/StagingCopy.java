package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.PgBulkInsert;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Copies rows into a staging table by COPY, in the current transaction of a data source. */
final class StagingCopy {

    private final DataSource dataSource;

    StagingCopy(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Copies the rows, if there are any. */
    <T> void copy(PgBulkInsert<T> table, List<T> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            table.saveAll(connection.unwrap(PGConnection.class), rows);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("copying into staging", null, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
