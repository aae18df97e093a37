package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

    /** In the order of the help. */
    private static final Map<String, Function<Surroundings, Object>> COMMANDS = Collections.unmodifiableMap(commands());

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
        return commandLine(surroundings, named(args)).execute(args);
    }

    /** The command that is run, where the words begin with one: picocli reads each that it is given, which takes time. */
    private static Set<String> named(String[] args) {
        return args.length > 0 && COMMANDS.containsKey(args[0]) ? Set.of(args[0]) : COMMANDS.keySet();
    }

    /** The names of all commands. */
    static Set<String> names() {
        return COMMANDS.keySet();
    }

    private static CommandLine commandLine(Surroundings surroundings, Set<String> names) {
        CommandLine line = new CommandLine(new Cli());
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                line.addSubcommand(name, command.apply(surroundings));
            }
        });
        return line.setOut(surroundings.out())
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

    private static Map<String, Function<Surroundings, Object>> commands() {
        Map<String, Function<Surroundings, Object>> commands = new LinkedHashMap<>();
        commands.put("sync", SyncCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("restart", RestartCommand::new);
        commands.put("stop", StopCommand::new);
        commands.put("abandon", AbandonCommand::new);
        commands.put("accept-archival", AcceptArchivalCommand::new);
        commands.put("rejects", RejectsCommand::new);
        commands.put("who-had", WhoHadCommand::new);
        commands.put("prune", PruneCommand::new);
        commands.put("forget-user", ForgetUserCommand::new);
        commands.put("migrate", MigrateCommand::new);
        return commands;
    }
}
