package io.kandjietl.command;

import io.kandjietl.job.Schema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code migrate}: brings the database's schema up to date. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description =
                "Brings the database's schema up to date. sync does it too, unless KANDJI_MIGRATE_ON_START is false.")
final class MigrateCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    MigrateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, context -> {
            int applied = context.getBean(Schema.class).migrate();
            surroundings
                    .out()
                    .println(
                            applied == 0
                                    ? "The database's schema is up to date"
                                    : "Applied " + applied + " migrations: the database's schema is up to date now");
            return 0;
        });
    }
}
