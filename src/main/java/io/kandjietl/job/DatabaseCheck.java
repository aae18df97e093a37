package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a database is one that a run can work with. Reads only. */
final class DatabaseCheck {

    /** {@code merge} and {@code nulls not distinct}. */
    private static final int OLDEST_POSTGRES = 15;

    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    private static final String FORBIDDEN = """
            select class.oid::regclass::text
            from pg_class class
            join pg_namespace namespace on namespace.oid = class.relnamespace
            where namespace.nspname in ('kandji', 'batch')
              and class.relname not in ('flyway_schema_history', 'hash_key')
              and class.relkind in ('r', 'S')
              and not (
                has_schema_privilege(namespace.oid, 'USAGE')
                and case class.relkind
                    when 'S' then has_sequence_privilege(class.oid, 'USAGE')
                    else has_table_privilege(class.oid, 'SELECT')
                        and has_table_privilege(class.oid, 'INSERT')
                        and has_table_privilege(class.oid, 'UPDATE')
                        and has_table_privilege(class.oid, 'DELETE')
                end
              )
            order by 1
            """;

    private final JdbcClient jdbc;

    DatabaseCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The server's version.
     *
     * @throws FailureException when it is too old
     */
    String version() {
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

    /**
     * Whether the role may write what a run writes.
     *
     * @throws FailureException when it may not
     */
    String rights() {
        List<String> forbidden =
                jdbc.sql(FORBIDDEN).query((row, number) -> row.getString(1)).list();
        String role = jdbc.sql("select current_user::text").query(String.class).single();
        if (!forbidden.isEmpty()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The role " + role + " may not read and write " + String.join(", ", forbidden),
                    "As the schemas' owner run sql/roles/roles.sql, then grant kandji_job to " + role,
                    null);
        }
        return "the role " + role + " may write what a run writes";
    }

    /**
     * By how much the server's clock differs from this machine's.
     *
     * @throws FailureException when it is too much
     */
    String skew(Clock clock) {
        Instant there = jdbc.sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        Duration skew = Duration.between(clock.instant(), there).abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The server's clock and this machine's differ by "
                            + skew.toString().substring(2).toLowerCase(Locale.ROOT),
                    "Let both follow a time server: slots are dated by this machine's clock",
                    null);
        }
        return "agrees with this machine's to " + String.format(Locale.ROOT, "%.1f s", skew.toMillis() / 1000.0);
    }
}
