package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.dao.DataAccessResourceFailureException;

/** The database's schema, brought up to date by Flyway from {@code sql/migration/}. */
public final class Schema {

    private final DataSource dataSource;
    private final boolean migrateOnStart;

    /**
     * Makes the door to the schema.
     *
     * @param dataSource gives a connection of its own each time
     */
    Schema(DataSource dataSource, boolean migrateOnStart) {
        this.dataSource = dataSource;
        this.migrateOnStart = migrateOnStart;
    }

    /**
     * Migrates, or where that is switched off sees that nothing is to be migrated.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} when the schema is older, newer or other than it must be
     */
    public void bringUpToDate() {
        withFlyway(flyway -> {
            bringUpToDate(flyway);
            return 0;
        });
    }

    private void bringUpToDate(Flyway flyway) {
        refuseNewer(flyway);
        if (migrateOnStart) {
            migrate(flyway);
        } else if (flyway.info().pending().length > 0) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The database's schema is not up to date, and KANDJI_MIGRATE_ON_START is false",
                    "Run `migrate` with a role that may change the schema",
                    null);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        boolean newer = Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
        if (newer) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The database's schema was made by a newer version of this program",
                    "Use that version, or a newer one: an older one could write what it does not understand",
                    null);
        }
    }

    /**
     * Migrates, whatever the setting.
     *
     * @return how many migrations were applied
     */
    public int migrate() {
        return withFlyway(Schema::migrate);
    }

    private static int migrate(Flyway flyway) {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayValidateException e) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The database's schema is not one that this version made: " + e.getMessage(),
                    "Use the version that made it, or a newer one",
                    e);
        }
    }

    private int withFlyway(ToIntFunction<Flyway> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.applyAsInt(SchemaSource.flyway(connection));
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("Unable to connect, or to give a connection back", e);
        }
    }
}
