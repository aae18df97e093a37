package io.kandjietl.command;

import io.kandjietl.job.RunAbandonment;
import io.kandjietl.job.Settings;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code abandon}: gives a run up that failed or was stopped. */
@Command(
        name = "abandon",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Gives a run up that failed or was stopped: nothing goes on with it any more, and what it staged is deleted.",
            "What is published stays. There is no way back; sync --again observes the fleet anew."
        })
final class AbandonCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN_ID", description = "The run, as status names it.")
    private long runId;

    AbandonCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::abandon);
    }

    private int abandon(ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        SyncRuns runs = context.getBean(SyncRuns.class);
        RunIds.require(runs, tenant, runId);
        try (TenantLease lease = context.getBean(TenantLease.class)) {
            lease.acquire();
            SyncRun run = RunIds.require(runs, tenant, runId);
            boolean given = context.getBean(RunAbandonment.class).abandon(run);
            surroundings
                    .out()
                    .println(
                            given
                                    ? "Run " + runId + " of slot " + run.run().slot() + " is given up"
                                    : "Run " + runId + " is " + run.outcome().code()
                                            + ": there is nothing to give up, and nothing was done");
        }
        return 0;
    }
}
