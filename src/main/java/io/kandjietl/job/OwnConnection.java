package io.kandjietl.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;

/**
 * One connection that a single part of the program uses, whatever the pool is busy with; opened when it is first needed,
 * closed with the context. No bean of type DataSource, so that the pool stays the only one.
 *
 * @param dataSource of one connection
 */
record OwnConnection(HikariDataSource dataSource) implements AutoCloseable {

    /** To the pool's database, as the pool connects. */
    static OwnConnection beside(HikariDataSource pool, String name) {
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        config.setPoolName(name);
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        // A renewal or a debit that hangs on a dead connection must fail while the lease lasts.
        Properties properties = new Properties();
        properties.putAll(config.getDataSourceProperties());
        properties.setProperty("socketTimeout", "8");
        config.setDataSourceProperties(properties);
        config.setConnectionTimeout(8_000);
        return new OwnConnection(new HikariDataSource(config));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
