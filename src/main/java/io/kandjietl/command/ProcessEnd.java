package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.job.StopSignal;
import io.kandjietl.job.StoppedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in order, with the exit code of its command. A signal (SIGTERM, SIGINT) asks a run to stop and gives it a
 * while; then the process ends whether or not it did: whatever it was at, a restart goes on from its last commit. Other commands
 * end at once. For one thread.
 */
public final class ProcessEnd {

    private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

    /** Less than the 20 seconds in which a stop ends, and the 30 after which Kubernetes kills. */
    private static final long PATIENCE_SECONDS = 18;

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private ProcessEnd() {}

    /** Runs a command, and ends the process. */
    public static void run(String[] args, Surroundings surroundings) {
        ProcessEnd end = new ProcessEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end.stop(surroundings.stop()), "stop"));
        int code = Cli.run(args, surroundings);
        end.ended.complete(code);
        System.exit(code); // During a shutdown it waits for the hook, which ends the process with the code.
    }

    /** Within a shutdown an exit code can only be given by halting: {@link System#exit} is too late for it. */
    private void stop(StopSignal stop) {
        if (stop.isHeeded() && !ended.isDone()) {
            stop.request(StoppedException.bySignal());
            Runtime.getRuntime().halt(awaitEnd());
        }
    }

    private int awaitEnd() {
        try {
            return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.error(
                    "Not stopped after {} seconds: ending without a word. The next run goes on from the last commit (exit {})",
                    PATIENCE_SECONDS,
                    ExitCode.TRY_LATER.code());
            return ExitCode.TRY_LATER.code();
        } catch (InterruptedException | ExecutionException e) {
            return ExitCode.TRY_LATER.code();
        }
    }
}
