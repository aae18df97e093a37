package io.kandjietl.job;

import java.sql.Connection;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Flyway, configured in one place. */
final class SchemaSource {

    private SchemaSource() {}

    /**
     * Flyway on one connection. What it is to migrate goes into a single transaction with its record of it and with its lock:
     * on several connections, or in several transactions, a process that is killed between them leaves a migration that was
     * applied and is not recorded, and no later run gets past it.
     */
    static Flyway flyway(Connection connection) {
        return Flyway.configure()
                .dataSource(new SingleConnectionDataSource(connection, true))
                .group(true)
                .locations("classpath:sql/migration")
                .defaultSchema("kandji")
                .schemas("kandji", "batch")
                .load();
    }
}
