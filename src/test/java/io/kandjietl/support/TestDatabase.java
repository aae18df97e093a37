package io.kandjietl.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database of its own for a test, on one server a JVM: migrated once, copied from there each time. The server ends
 * with the JVM.
 */
public final class TestDatabase {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final int port;

    private TestDatabase(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /** The database {@code postgres} of another server, which listens on the loopback interface. */
    public static TestDatabase ofServer(int port) {
        return new TestDatabase("postgres", port);
    }

    /** An empty database, as {@code create database} makes it. */
    public static TestDatabase empty() {
        return create("template1");
    }

    /** A database with all migrations applied. */
    public static TestDatabase migrated() {
        return create(Server.MIGRATED);
    }

    private static synchronized TestDatabase create(String template) {
        String name = "test_" + NUMBERS.incrementAndGet();
        Server.execute("create database " + name + " template " + template);
        return new TestDatabase(name, Server.INSTANCE.getPort());
    }

    /** Drops it with all that is in it, whoever is connected: a large one costs its server work as long as it is there. */
    public void drop() {
        Server.execute("drop database " + name + " with (force)");
    }

    /** Connections to it, not pooled. */
    public DataSource dataSource() {
        return Server.database(name, port);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where its server listens, on the loopback interface. */
    public int port() {
        return port;
    }

    /** Its JDBC URL, for the user {@code postgres} without a password. */
    public String url() {
        return Server.url(name, port);
    }

    /**
     * Adds a superuser whom the server asks for a password, unlike {@code postgres}: once a JVM.
     *
     * @param password of letters and digits
     */
    public static synchronized void addUser(String name, String password) {
        Server.execute("create role " + name + " superuser login password '" + password + "'");
        Path rules = Path.of(Server.value("show hba_file"));
        try {
            String rule = "host all " + name + " all scram-sha-256\n";
            Files.writeString(rules, rule + Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to change " + rules, e);
        }
        Server.execute("select pg_reload_conf()");
    }

    /** Applies the migrations as the program does. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:sql/migration")
                .defaultSchema("kandji")
                .schemas("kandji", "batch")
                .load()
                .migrate();
    }

    private static final class Server {

        static final String MIGRATED = "migrated";
        static final EmbeddedPostgres INSTANCE = start();

        static {
            execute("create database " + MIGRATED);
            migrate(database(MIGRATED, INSTANCE.getPort()));
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("Unable to start PostgreSQL", e);
            }
        }

        static String url(String name, int port) {
            return "jdbc:postgresql://localhost:" + port + "/" + name;
        }

        static DataSource database(String name, int port) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setURL(url(name, port));
            dataSource.setUser("postgres");
            return dataSource;
        }

        static String value(String sql) {
            return JdbcClient.create(database("postgres", INSTANCE.getPort()))
                    .sql(sql)
                    .query(String.class)
                    .single();
        }

        static void execute(String sql) {
            try (Connection connection =
                            database("postgres", INSTANCE.getPort()).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("Unable to " + sql, e);
            }
        }
    }
}
