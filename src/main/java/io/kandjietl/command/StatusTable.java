package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import io.kandjietl.job.AbsenceReport;
import io.kandjietl.job.Settings;
import io.kandjietl.job.Slot;
import io.kandjietl.job.StepReports;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.RunStatus;
import io.kandjietl.warehouse.SyncRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * The last runs as a person reads them: a table, what stands out about them, and what is to be done.
 *
 * @param coloured whether the reader is a terminal
 */
record StatusTable(Settings settings, Instant now, Commands commands, boolean coloured) {

    /** Two days of slots: who was away for longer needs no list. */
    private static final int MOST_SLOTS = 24;

    private static final Duration LOOKED_BACK = Duration.ofDays(31);

    private static final Pattern OUTCOME = Pattern.compile("(?m)^( *\\d+ +\\S+ +)(failed|stopped|died|published)");

    /**
     * Prints it.
     *
     * @param runs the newest first, at least one
     * @param steps tells what was left to do
     */
    void print(List<RunStatus> runs, StepReports steps, PrintWriter out) {
        out.println(coloured(table(runs)));
        out.println();
        newest(runs, steps, out);
        slots("Slots not observed", notObserved(runs), out);
        if (!settings.lake().isNone()) {
            slots("Slots not in the lake", notInTheLake(runs), out);
        }
        needAPerson(runs).forEach(run -> whatIsToBeDone(run, out));
    }

    private String table(List<RunStatus> runs) {
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        runs,
                        List.of(
                                Columns.number("Run")
                                        .with(run ->
                                                Long.toString(run.run().run().runId())),
                                Columns.text("Slot")
                                        .with(run -> run.run().run().slot().toString()),
                                Columns.text("Outcome").with(StatusTable::outcome),
                                Columns.text("Step").with(run -> run.step() == null ? "-" : run.step()),
                                Columns.number("Devices")
                                        .with(run -> plain(run.run().devicesListed())),
                                Columns.number("Changed")
                                        .with(run -> plain(run.run().devicesChanged())),
                                Columns.number("Archived")
                                        .with(run -> plain(run.run().devicesArchived())),
                                Columns.number("Held")
                                        .with(run -> plain(run.run().devicesHeld())),
                                Columns.number("Rejects")
                                        .with(run -> plain(run.run().devicesRejected())),
                                Columns.number("Requests").with(run -> plain(run.requests())),
                                Columns.number("Took").with(this::took)))
                .asString()
                .replaceAll("(?m) +$", "");
    }

    private static String outcome(RunStatus status) {
        return status.isDead() && status.run().outcome() == Outcome.RUNNING
                ? "died"
                : status.run().outcome().code();
    }

    private void newest(List<RunStatus> runs, StepReports steps, PrintWriter out) {
        SyncRun newest = runs.stream()
                .map(RunStatus::run)
                .filter(StatusTable::isPublished)
                .findFirst()
                .orElse(null);
        if (newest == null) {
            out.println("None of these runs is published");
            return;
        }
        Instant slot = newest.run().slot();
        out.printf(Locale.ROOT, "Newest published slot: %s, %s old%n", slot, words(Duration.between(slot, now)));
        Instant oldest = newest.detailsOldestAsOf();
        out.printf(
                Locale.ROOT,
                "Details: %s; %s active devices were never looked up%n",
                oldest == null
                        ? "none"
                        : "the oldest of " + oldest.truncatedTo(ChronoUnit.SECONDS) + ", "
                                + words(Duration.between(oldest, now)) + " ago",
                grouped(newest.detailsUnknown()));
        steps.details(newest.run())
                .filter(details -> details.stop() != null)
                .ifPresent(details ->
                        out.printf(Locale.ROOT, "Details of %,d devices wait: %s%n", details.waiting(), details.why()));
        steps.absences(newest.run())
                .map(AbsenceReport::stop)
                .ifPresent(why -> out.println("Absent devices are not all looked up, and stay active: " + why.words()));
    }

    /** Periods of a slot's length in the last month in which nothing was published; without the one that now is in. */
    private List<String> notObserved(List<RunStatus> runs) {
        List<Instant> observed = runs.stream()
                .map(RunStatus::run)
                .filter(StatusTable::isPublished)
                .map(run -> run.run().slot())
                .toList();
        List<String> missing = new ArrayList<>();
        Instant oldest = runs.getLast().run().run().slot();
        Instant earliest = now.minus(LOOKED_BACK);
        Instant slot = Slot.containing(oldest.isBefore(earliest) ? earliest : oldest, settings.slotLength())
                .instant();
        for (; !slot.plus(settings.slotLength()).isAfter(now); slot = slot.plus(settings.slotLength())) {
            Instant begin = slot;
            Instant end = slot.plus(settings.slotLength());
            if (observed.stream().noneMatch(one -> !one.isBefore(begin) && one.isBefore(end))) {
                missing.add(slot.toString());
            }
        }
        return missing;
    }

    /** Without those that are older than the lake keeps any. */
    private List<String> notInTheLake(List<RunStatus> runs) {
        Duration kept = settings.retention().lake();
        return runs.stream()
                .map(RunStatus::run)
                .filter(run -> isPublished(run) && run.lakeManifest() == null)
                .filter(run -> kept == null || !run.run().slot().isBefore(now.minus(kept)))
                .map(run -> run.run().slot().toString())
                .toList();
    }

    private static void slots(String what, List<String> slots, PrintWriter out) {
        if (!slots.isEmpty()) {
            int passedOver = Math.max(0, slots.size() - MOST_SLOTS);
            out.println(what + ": " + (passedOver == 0 ? "" : grouped((long) passedOver) + " older ones, ")
                    + String.join(", ", slots.subList(passedOver, slots.size())));
        }
    }

    /** Down to the newest published one: what was wrong before it is mended, or overtaken. */
    private static List<RunStatus> needAPerson(List<RunStatus> runs) {
        List<RunStatus> needed = new ArrayList<>();
        for (RunStatus run : runs) {
            needed.add(run);
            if (isPublished(run.run())) {
                break;
            }
        }
        return needed;
    }

    private void whatIsToBeDone(RunStatus status, PrintWriter out) {
        SyncRun run = status.run();
        String cause = run.cause();
        String remedy = run.remedy();
        if (status.isDead()) {
            cause = "Nobody is at work on it: its process, of " + status.runBy() + ", died without a word";
            remedy = "Go on with it: `restart " + run.run().runId() + "`";
        }
        if (cause != null) {
            out.println();
            out.println("Run " + run.run().runId() + ", " + outcome(status)
                    + (run.exitCode() == null ? "" : " (exit " + run.exitCode() + ")") + ": " + cause);
            out.println("  -> " + commands.spell(String.valueOf(remedy)));
        }
    }

    private static boolean isPublished(SyncRun run) {
        return run.outcome() == Outcome.PUBLISHED;
    }

    /** After the columns are laid out: codes take no room on a terminal, but would in a table. */
    private String coloured(String table) {
        return coloured
                ? OUTCOME.matcher(table)
                        .replaceAll(row -> Matcher.quoteReplacement(row.group(1) + colour(row.group(2))))
                : table;
    }

    private static String colour(String outcome) {
        String style = outcome.equals("published") ? "green" : outcome.equals("stopped") ? "yellow" : "red";
        return Ansi.ON.string("@|" + style + " " + outcome + "|@");
    }

    private String took(RunStatus run) {
        Instant end = run.finishedAt() == null ? now : run.finishedAt();
        return run.isDead() ? "-" : words(Duration.between(run.run().startedAt(), end));
    }

    /** In whole seconds, for example {@code 2m3s}; from an hour on in minutes, from a day on in hours. */
    private static String words(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toDays() > 0) {
            return shown.toDays() + "d" + shown.toHoursPart() + "h";
        }
        Duration rounded =
                shown.toHours() > 0 ? Duration.ofMinutes(shown.toMinutes()) : Duration.ofSeconds(shown.toSeconds());
        return rounded.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** Without separators: the table of a fleet of a million fits a terminal. */
    private static String plain(@Nullable Long value) {
        return value == null ? "-" : value.toString();
    }

    private static String grouped(@Nullable Long value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%,d", value);
    }
}
