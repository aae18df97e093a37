package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line's root: it only knows its commands. Help and wrong usage need neither database nor network. */
@Command(
        name = "kandji-etl",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        versionProvider = Version.class,
        description = "Brings an Apple fleet from Kandji (Iru) to PostgreSQL, with history, and to Parquet files.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Settings are environment variables: KANDJI_SUBDOMAIN, KANDJI_REGION, KANDJI_API_TOKEN,",
            "SPRING_DATASOURCE_URL (_USERNAME, _PASSWORD) and LAKE_URI are needed; the README lists all.",
            "Exit codes: 0 done, 64 usage, 65 too many rejects, 66 archiving held, 69 unavailable, 73 lake,",
            "75 try later, 77 refused by Kandji, 78 configuration."
        })
public final class Cli implements Callable<Integer> {

    /** What the process ends with after wrong usage: the number of {@link ExitCode#USAGE}, as annotations need it. */
    static final int USAGE = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private Cli() {}

    /**
     * Runs one command.
     *
     * @param args the words after the program's name
     * @return what the process is to end with
     */
    public static int run(String[] args, Surroundings surroundings) {
        return commandLine(surroundings).execute(args);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Cli())
                .addSubcommand(new SyncCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new RestartCommand(surroundings))
                .addSubcommand(new StopCommand(surroundings))
                .addSubcommand(new AbandonCommand(surroundings))
                .addSubcommand(new AcceptArchivalCommand(surroundings))
                .addSubcommand(new RejectsCommand(surroundings))
                .addSubcommand(new WhoHadCommand(surroundings))
                .addSubcommand(new PruneCommand(surroundings))
                .addSubcommand(new ForgetUserCommand(surroundings))
                .addSubcommand(new MigrateCommand(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(new FailureReport(surroundings));
    }

    /** Without a command: the help, as a usage error. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.code();
    }
}
