package io.kandjietl.command;

import io.kandjietl.job.StopSignal;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it: given, not looked up, so that a test or a demo can give its own.
 *
 * @param environment environment variables
 * @param properties properties that nothing else overrides: no variable, no option of the JVM
 * @param out where results go
 * @param err where usage errors go; logs go to the process's standard error
 * @param stop tells a run to end
 * @param isTerminal whether a person looks at the output while it is written
 */
public record Surroundings(
        Map<String, String> environment,
        Map<String, String> properties,
        PrintWriter out,
        PrintWriter err,
        StopSignal stop,
        boolean isTerminal) {

    /** Copies the environment and the properties. */
    public Surroundings {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /** Without properties of their own; nobody stops it. */
    public Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this(environment, Map.of(), out, err, new StopSignal(), false);
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Map.of(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new StopSignal(),
                isTerminal(System.console()));
    }

    /** Says a line to whoever reads the results, with the commands in it as they type them. */
    void say(String line) {
        out.println(Commands.of(environment).spell(line));
    }

    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }
}
