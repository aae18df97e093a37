package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.job.Settings;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stop}: ends a run that another process is at work on. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Asks the process that is at work on a run to stop, and waits until it has: 20 seconds at most.",
            "What was committed stands: restart goes on with it. A run that nobody is at work on stays as it is."
        })
final class StopCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN_ID", description = "The run, as status names it.")
    private long runId;

    StopCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::stop);
    }

    private int stop(ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        SyncRuns runs = context.getBean(SyncRuns.class);
        SyncRun before = RunIds.require(runs, tenant, runId);
        Optional<String> holder = runs.requestStop(tenant, runId);
        if (holder.isEmpty()) {
            surroundings
                    .out()
                    .println("Nobody is at work on run " + runId + " (it is "
                            + before.outcome().code() + "): nothing was done");
            return 0;
        }
        surroundings.out().println("Run " + runId + " is asked to stop: " + holder.get() + " is at work on it");
        await(runs, tenant, holder.get());
        SyncRun after = RunIds.require(runs, tenant, runId);
        surroundings.say("Run " + runId + " is " + after.outcome().code()
                + (after.isFinished() ? "" : ". To go on with it: `restart " + runId + "`"));
        return 0;
    }

    private void await(SyncRuns runs, String tenant, String holder) {
        long begin = System.nanoTime();
        while (runs.isAtWork(tenant, runId)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new FailureException(
                        ExitCode.TRY_LATER,
                        "Run " + runId + " did not stop within " + PATIENCE.toSeconds() + " seconds: " + holder
                                + " is at work on it still, or cut off",
                        "See `status`; a process that is cut off loses its lease 30 seconds after its last word",
                        null);
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
