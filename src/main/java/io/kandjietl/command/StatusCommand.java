package io.kandjietl.command;

import io.kandjietl.job.AbsenceReport;
import io.kandjietl.job.DetailsReport;
import io.kandjietl.job.Settings;
import io.kandjietl.job.StepReports;
import io.kandjietl.warehouse.Erasures;
import io.kandjietl.warehouse.RunStatus;
import io.kandjietl.warehouse.SyncRun;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code status}: the last runs, and what is to be done about them. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = "Shows the last runs of the tenant, the newest first, and what is to be done about them.")
final class StatusCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Surroundings surroundings;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many runs. Default: 12, a day.")
    private int limit;

    @Option(names = "--json", description = "One JSON object a run, a line each.")
    private boolean json;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::show);
    }

    private int show(ConfigurableApplicationContext context) {
        Settings settings = context.getBean(Settings.class);
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        List<RunStatus> runs = RunStatus.newest(jdbc, settings.tenant(), Math.clamp(limit, 1, 10_000));
        StepReports steps = context.getBean(StepReports.class);
        PrintWriter out = surroundings.out();
        Commands commands = Commands.of(surroundings.environment());
        if (json) {
            runs.forEach(run -> out.println(line(run, steps, commands)));
        } else if (runs.isEmpty()) {
            out.println("Tenant " + settings.tenant() + " has no run yet");
        } else {
            Instant now = context.getBean(Clock.class).instant();
            new StatusTable(settings, now, commands, surroundings.isTerminal()).print(runs, steps, out);
            Erasures.begunAt(jdbc, settings.tenant())
                    .ifPresent(begun -> out.printf(
                            "%nAn erasure that began at %s has not ended; until then kandji.erasure_in_hand says whom it is about%n"
                                    + "  -> Run `forget-user` again for the same person%n",
                            begun.truncatedTo(ChronoUnit.SECONDS)));
        }
        out.flush();
        return 0;
    }

    private static String line(RunStatus status, StepReports steps, Commands commands) {
        SyncRun run = status.run();
        ObjectNode line = JSON.createObjectNode()
                .put("run_id", run.run().runId())
                .put("tenant", run.run().tenant())
                .put("slot", run.run().slot().toString())
                .put("outcome", run.outcome().code())
                .put("step", status.step())
                .put("archival_held", run.archivalHeld())
                .put("lake_manifest", run.lakeManifest())
                .put("devices_listed", run.devicesListed())
                .put("devices_changed", run.devicesChanged())
                .put("devices_archived", run.devicesArchived())
                .put("devices_absent", run.devicesAbsent())
                .put("devices_held", run.devicesHeld())
                .put("devices_rejected", run.devicesRejected())
                .put("details_fetched", run.detailsFetched())
                .put("details_unknown", run.detailsUnknown())
                .put("details_oldest_as_of", text(run.detailsOldestAsOf()))
                .put(
                        "absences_stop",
                        steps.absences(run.run())
                                .map(AbsenceReport::stop)
                                .map(Enum::name)
                                .orElse(null))
                .put(
                        "details_stop",
                        steps.details(run.run())
                                .map(DetailsReport::stop)
                                .map(Enum::name)
                                .orElse(null))
                .put("requests_used", status.requests())
                .put("exit_code", run.exitCode())
                .put("cause", run.cause())
                .put("remedy", run.remedy() == null ? null : commands.spell(run.remedy()))
                .put("run_by", status.runBy())
                .put("is_at_work", status.isAtWork())
                .put("started_at", run.startedAt().toString())
                .put("finished_at", text(status.finishedAt()));
        return JSON.writeValueAsString(line);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
