package io.kandjietl.job;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Flyway as the application configures it, for who has no application. */
final class SchemaSource {

    private SchemaSource() {}

    static Flyway flyway(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:sql/migration")
                .defaultSchema("kandji")
                .schemas("kandji", "batch")
                .load();
    }
}
