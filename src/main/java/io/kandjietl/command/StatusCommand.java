package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.kandjietl.job.Settings;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.RunStatus;
import io.kandjietl.warehouse.SyncRun;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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
        List<RunStatus> runs =
                RunStatus.newest(context.getBean(JdbcClient.class), settings.tenant(), Math.clamp(limit, 1, 10_000));
        PrintWriter out = surroundings.out();
        if (json) {
            runs.forEach(run -> out.println(line(run)));
        } else if (runs.isEmpty()) {
            out.println("Tenant " + settings.tenant() + " has no run yet");
        } else {
            print(runs, context.getBean(Clock.class).instant(), settings, out);
        }
        out.flush();
        return 0;
    }

    private static void print(List<RunStatus> runs, Instant now, Settings settings, PrintWriter out) {
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        runs,
                        List.of(
                                text("Slot", 22)
                                        .with(run -> run.run().run().slot().toString()),
                                text("Outcome", 12).with(StatusCommand::outcome),
                                text("Step", 18).with(run -> run.step() == null ? "-" : run.step()),
                                number("Devices").with(run -> grouped(run.run().devicesListed())),
                                number("Changed").with(run -> grouped(run.run().devicesChanged())),
                                number("Archived").with(run -> grouped(run.run().devicesArchived())),
                                number("Held").with(run -> grouped(run.run().devicesHeld())),
                                number("Rejected").with(run -> grouped(run.run().devicesRejected())),
                                number("Requests").with(run -> grouped(run.run().requestsUsed())),
                                number("Took").with(run -> took(run, now))))
                .asString());
        out.println();
        newest(runs, now, out);
        notInTheLake(runs, settings, out);
        runs.stream().filter(run -> run.run().cause() != null).forEach(run -> {
            out.println();
            out.printf(
                    "%s  %s (exit %s): %s%n",
                    run.run().run().slot(),
                    run.run().outcome().code(),
                    run.run().exitCode(),
                    run.run().cause());
            out.println("  -> " + run.run().remedy());
        });
    }

    private static void newest(List<RunStatus> runs, Instant now, PrintWriter out) {
        runs.stream()
                .map(RunStatus::run)
                .filter(run -> run.outcome() == Outcome.PUBLISHED)
                .findFirst()
                .ifPresentOrElse(
                        run -> {
                            out.printf(
                                    Locale.ROOT,
                                    "Newest published slot: %s, %s old%n",
                                    run.run().slot(),
                                    words(Duration.between(run.run().slot(), now)));
                            out.printf(
                                    Locale.ROOT,
                                    "Details: %s; %s active devices were never looked up%n",
                                    run.detailsOldestAsOf() == null
                                            ? "none"
                                            : "the oldest of "
                                                    + run.detailsOldestAsOf().truncatedTo(ChronoUnit.SECONDS)
                                                    + ", " + words(Duration.between(run.detailsOldestAsOf(), now))
                                                    + " ago",
                                    grouped(run.detailsUnknown()));
                        },
                        () -> out.println("None of these runs is published"));
    }

    private static void notInTheLake(List<RunStatus> runs, Settings settings, PrintWriter out) {
        List<String> missing = runs.stream()
                .map(RunStatus::run)
                .filter(run -> run.outcome() == Outcome.PUBLISHED && run.lakeManifest() == null)
                .map(run -> run.run().slot().toString())
                .toList();
        if (!missing.isEmpty() && !settings.lake().isNone()) {
            out.println("Not in the lake: " + String.join(", ", missing));
        }
    }

    private static String line(RunStatus status) {
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
                .put("requests_used", run.requestsUsed())
                .put("exit_code", run.exitCode())
                .put("cause", run.cause())
                .put("remedy", run.remedy())
                .put("run_by", status.runBy())
                .put("started_at", run.startedAt().toString())
                .put("finished_at", text(status.finishedAt()));
        return JSON.writeValueAsString(line);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String outcome(RunStatus status) {
        return status.run().outcome().code();
    }

    private static String took(RunStatus run, Instant now) {
        Instant end = run.finishedAt() == null ? now : run.finishedAt();
        return words(Duration.between(run.run().startedAt(), end));
    }

    /** In whole seconds, for example {@code 1h2m3s}. */
    private static String words(Duration duration) {
        return Duration.ofSeconds(Math.max(0, duration.toSeconds()))
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT);
    }

    private static String grouped(@Nullable Long value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%,d", value);
    }

    private static Column number(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }

    private static Column text(String header, int width) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(width);
    }
}
