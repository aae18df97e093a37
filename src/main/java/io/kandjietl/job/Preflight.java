package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.DevicePage;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.lake.Lake;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Tries everything that a run needs, one thing after another, and says of each what it found. Nothing is changed: a small
 * file is written to the lake and removed. What can't be tried because of an earlier finding is left out.
 */
public final class Preflight {

    /** {@code merge} and {@code nulls not distinct}. */
    private static final int OLDEST_POSTGRES = 15;

    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    private final Settings settings;
    private final DataSource dataSource;
    private final Clock clock;
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * Prepares the checks.
     *
     * @param dataSource gives new connections; not pooled
     */
    public Preflight(Settings settings, DataSource dataSource, Clock clock) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Runs the checks, in the order in which a run would meet them. */
    public List<Verdict> run() {
        verdicts.clear();
        verdicts.add(
                Verdict.good("Settings", "tenant " + settings.tenant() + ", slots of " + words(settings.slotLength())));
        if (check("Kandji host", this::resolve)) {
            check("Kandji list", this::list);
        }
        checkDatabase();
        check("Lake", this::lake);
        return List.copyOf(verdicts);
    }

    private String resolve() throws UnknownHostException {
        String host = settings.kandji().root().getHost();
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            return host + " is "
                    + Arrays.stream(addresses).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        } catch (UnknownHostException e) {
            throw new FailureException(
                    ExitCode.UNAVAILABLE,
                    "Could not reach Kandji: there is no host " + host,
                    "See KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN, and whether this machine resolves names",
                    e);
        }
    }

    private String list() {
        try (KandjiClient client = new KandjiClient(settings.kandji(), clock)) {
            DevicePage page = client.listDevices(0);
            return "the token may list devices; the first page has "
                    + page.rows().size();
        }
    }

    private void checkDatabase() {
        try (Connection connection = dataSource.getConnection()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            check("PostgreSQL", () -> version(jdbc));
            check("PostgreSQL clock", () -> skew(jdbc));
            check("Schema", () -> schema(jdbc));
        } catch (SQLException e) {
            verdicts.add(Verdict.bad("PostgreSQL", e));
        }
    }

    private static String version(JdbcClient jdbc) {
        String version = jdbc.sql("show server_version").query(String.class).single();
        int major = jdbc.sql("select current_setting('server_version_num')::int / 10000")
                .query(Integer.class)
                .single();
        if (major < OLDEST_POSTGRES) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The server is PostgreSQL " + version,
                    "Use PostgreSQL " + OLDEST_POSTGRES + " or newer",
                    null);
        }
        return "version " + version;
    }

    private String skew(JdbcClient jdbc) {
        Instant there = jdbc.sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        Duration skew = Duration.between(clock.instant(), there).abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The server's clock and this machine's differ by " + words(skew),
                    "Let both follow a time server: slots are dated by this machine's clock",
                    null);
        }
        return "agrees with this machine's to " + String.format(Locale.ROOT, "%.1f s", skew.toMillis() / 1000.0);
    }

    private String schema(JdbcClient jdbc) {
        boolean there = jdbc.sql("select to_regclass('kandji.flyway_schema_history') is not null")
                .query(Boolean.class)
                .single();
        if (!there) {
            return checkMayCreate(jdbc);
        }
        Flyway flyway = SchemaSource.flyway(dataSource);
        int pending = flyway.info().pending().length;
        if (pending > 0 && !settings.migrateOnStart()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    pending + " migrations are pending, and KANDJI_MIGRATE_ON_START is false",
                    "Run the command migrate with a role that may change the schema",
                    null);
        }
        String version =
                Objects.requireNonNull(flyway.info().current()).getVersion().toString();
        return "at version " + version + (pending == 0 ? "" : "; the next run applies " + pending + " migrations");
    }

    private String checkMayCreate(JdbcClient jdbc) {
        boolean may = jdbc.sql("select has_database_privilege(current_database(), 'CREATE')")
                .query(Boolean.class)
                .single();
        if (!may || !settings.migrateOnStart()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The schemas kandji and batch are not there"
                            + (may ? ", and KANDJI_MIGRATE_ON_START is false" : ", and this role may not create them"),
                    "Run the command migrate with a role that may create schemas in this database",
                    null);
        }
        return "not there yet; the first run creates it";
    }

    private String lake() {
        if (settings.lake().isNone()) {
            return "none: published to PostgreSQL alone";
        }
        Lake.at(settings.lake()).probe();
        return settings.lake() + ": a file was written, read and removed";
    }

    private boolean check(String subject, Probe probe) {
        try {
            return verdicts.add(Verdict.good(subject, probe.found()));
        } catch (Exception e) {
            verdicts.add(Verdict.bad(subject, e));
            return false;
        }
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** A check that tells what it found, or throws what is wrong. */
    @FunctionalInterface
    private interface Probe {
        String found() throws Exception;
    }
}
