package io.kandjietl.command;

import io.kandjietl.job.Settings;
import io.kandjietl.job.SyncRunner;
import io.kandjietl.warehouse.RunStatus;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restart}: goes on with a run that failed, was stopped, or whose process died. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Goes on with a run that failed, was stopped, or whose process died, where it stopped.",
            "It ends as sync does. Of a run that is finished it says so, and ends with the code that the run ended with."
        })
final class RestartCommand implements Callable<Integer> {

    /** Twelve a day: what is older is not worth going on with. */
    private static final int NEWEST = 100;

    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN_ID",
            description = "The run, as status names it. Default: the newest that is not finished.")
    private @Nullable Long runId;

    RestartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.stop().heed();
        RunAttempt attempt = new RunAttempt(surroundings);
        return attempt.start(context -> restart(attempt, context));
    }

    private int restart(RunAttempt attempt, ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        SyncRun run = runId == null
                ? newestUnfinished(context, tenant)
                : RunIds.require(context.getBean(SyncRuns.class), tenant, runId);
        if (run == null) {
            surroundings.out().println("No run of tenant " + tenant + " is unfinished: nothing was done");
            return 0;
        }
        return attempt.run(context, context.getBean(SyncRunner.class).goingOnWith(run));
    }

    private static @Nullable SyncRun newestUnfinished(ConfigurableApplicationContext context, String tenant) {
        return RunStatus.newest(context.getBean(JdbcClient.class), tenant, NEWEST).stream()
                .map(RunStatus::run)
                .filter(run -> !run.isFinished())
                .findFirst()
                .orElse(null);
    }
}
