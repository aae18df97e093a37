package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.ApiProbe;
import io.kandjietl.kandji.DeviceListReader;
import io.kandjietl.kandji.DevicePage;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.lake.Lake;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Tries everything that a run needs, one thing after another, and says of each what it found. Nothing is changed: a small
 * file is written to the lake and removed. What can't be tried because of an earlier finding is left out.
 */
public final class Preflight {

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
        Optional<Instant> blockedUntil = blockedUntil();
        if (blockedUntil.isPresent()) {
            check("Kandji", () -> refuseBefore(blockedUntil.get()));
        } else {
            checkKandji();
        }
        checkDatabase();
        check("Lake", this::lake);
        return List.copyOf(verdicts);
    }

    private void checkKandji() {
        URI root = settings.kandji().root();
        boolean isThere = check("Kandji host", () -> KandjiCheck.resolve(root.getHost()))
                && check("Kandji connection", () -> KandjiCheck.connect(root));
        Map<URI, String> alternatives = TenantAddress.alternatives(root);
        if (!alternatives.isEmpty()) {
            try (ApiProbe probe = new ApiProbe()) {
                check("Kandji address", () -> new AddressCheck(probe::answers).found(root, alternatives));
            }
        }
        if (!isThere) {
            return;
        }
        try (KandjiClient client = new KandjiClient(settings.kandji(), clock)) {
            KandjiCheck kandji = new KandjiCheck(client);
            AtomicReference<@Nullable DevicePage> page = new AtomicReference<>();
            check("Kandji list", () -> {
                DevicePage first = kandji.list();
                page.set(first);
                return "the token may list devices; the first page has "
                        + first.rows().size();
            });
            DevicePage first = page.get();
            if (first != null) {
                check("Kandji details", () -> kandji.details(first));
            }
            check("Kandji clock", kandji::clock);
            check("Kandji budget", kandji::budget);
        }
    }

    private static String refuseBefore(Instant until) {
        throw new FailureException(
                ExitCode.TRY_LATER,
                "Kandji asked not to be asked before " + until + ": it was not",
                "Run `check` again after that",
                null);
    }

    /** Until when Kandji asked not to be asked; empty where it did not, or it can't be read. */
    private Optional<Instant> blockedUntil() {
        try (Connection connection = dataSource.getConnection()) {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql("select blocked_until from kandji.request_block where tenant = :tenant")
                    .param("tenant", settings.tenant())
                    .query((row, number) -> row.getTimestamp(1).toInstant())
                    .optional()
                    .filter(until -> until.isAfter(clock.instant()));
        } catch (SQLException | DataAccessException e) {
            return Optional.empty(); // No database, or not there yet: told by what follows.
        }
    }

    private void checkDatabase() {
        try (Connection connection = dataSource.getConnection()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            DatabaseCheck database = new DatabaseCheck(jdbc);
            check("PostgreSQL", database::version);
            check("PostgreSQL clock", () -> database.skew(clock));
            if (check("Schema", () -> schema(jdbc, connection)) && isThere(jdbc)) {
                check("PostgreSQL rights", database::rights);
                check("Share", () -> share(jdbc));
            }
        } catch (SQLException e) {
            verdicts.add(Verdict.bad("PostgreSQL", e));
        }
    }

    /** Whether the last listing's requests are to be had in the time that a run waits for them. */
    private String share(JdbcClient jdbc) {
        Optional<Long> listed = jdbc.sql("select devices_listed from kandji.sync_run"
                        + " where tenant = :tenant and outcome = 'published' order by slot desc limit 1")
                .param("tenant", settings.tenant())
                .query(Long.class)
                .optional();
        BudgetLimits budget = settings.budget();
        if (listed.isEmpty()) {
            return String.format(Locale.ROOT, "%,d requests an hour", budget.requestsPerHour());
        }
        long pages = DeviceListReader.requests(listed.get(), settings.kandji().pageSize());
        long hours = 1 + budget.runDeadline().toHours();
        String need = String.format(
                Locale.ROOT,
                "a listing of %,d devices takes %,d requests of the share of %,d an hour",
                listed.get(),
                pages,
                budget.requestsPerHour());
        if (pages > hours * budget.requestsPerHour()) {
            throw new FailureException(
                    ExitCode.TRY_LATER,
                    need + ": more than are to be had within " + words(budget.runDeadline()),
                    "Raise KANDJI_REQUESTS_PER_HOUR",
                    null);
        }
        return need;
    }

    private static boolean isThere(JdbcClient jdbc) {
        return jdbc.sql("select to_regclass('kandji.flyway_schema_history') is not null")
                .query(Boolean.class)
                .single();
    }

    private String schema(JdbcClient jdbc, Connection connection) {
        if (!isThere(jdbc)) {
            return checkMayCreate(jdbc);
        }
        Flyway flyway = SchemaSource.flyway(connection);
        int pending = flyway.info().pending().length;
        if (pending > 0 && !settings.migrateOnStart()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    pending + " migrations are pending, and KANDJI_MIGRATE_ON_START is false",
                    "Run `migrate` with a role that may change the schema",
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
                    "Run `migrate` with a role that may create schemas in this database",
                    null);
        }
        return "not there yet; the first run creates it";
    }

    private String lake() {
        Lake lake = settings.openLake();
        if (lake == null) {
            return "none: published to PostgreSQL alone";
        }
        lake.probe();
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
