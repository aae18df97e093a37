package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** The database's schema, brought up to date by Flyway from {@code sql/migration/}. */
public final class Schema {

    private final Flyway flyway;
    private final boolean migrateOnStart;

    Schema(Flyway flyway, boolean migrateOnStart) {
        this.flyway = flyway;
        this.migrateOnStart = migrateOnStart;
    }

    /**
     * Migrates, or where that is switched off sees that nothing is to be migrated.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} when the schema is older, newer or other than it must be
     */
    public void bringUpToDate() {
        refuseNewer();
        if (migrateOnStart) {
            migrate();
        } else if (flyway.info().pending().length > 0) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "The database's schema is not up to date, and KANDJI_MIGRATE_ON_START is false",
                    "Run the command migrate with a role that may change the schema",
                    null);
        }
    }

    private void refuseNewer() {
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
}
