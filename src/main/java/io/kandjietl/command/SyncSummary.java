package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import io.kandjietl.job.AbsenceReport;
import io.kandjietl.job.DetailsReport;
import io.kandjietl.job.SyncReport;
import io.kandjietl.warehouse.FleetSummary;
import io.kandjietl.warehouse.FleetSummary.Change;
import io.kandjietl.warehouse.FleetSummary.PlatformCount;
import io.kandjietl.warehouse.FleetSummary.Rejection;
import io.kandjietl.warehouse.SyncRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person reads after a run. */
final class SyncSummary {

    private final SyncReport report;
    private final Places places;
    private final Surroundings surroundings;
    private final PrintWriter out;

    private SyncSummary(SyncReport report, Places places, Surroundings surroundings) {
        this.report = report;
        this.places = places;
        this.surroundings = surroundings;
        this.out = surroundings.out();
    }

    static void print(SyncReport report, Places places, Surroundings surroundings) {
        new SyncSummary(report, places, surroundings).print();
    }

    private void print() {
        out.println();
        surroundings.say(headline());
        SyncRun run = report.run();
        FleetSummary summary = report.summary();
        if (run != null && summary != null) {
            fleet(run, summary);
            changes(run, summary);
            rejections(run, summary);
            newFields(summary);
            whereThingsAre(run);
        }
        out.flush();
    }

    private String headline() {
        return switch (report.kind()) {
            case PUBLISHED -> published();
            case ALREADY_FINISHED ->
                "Slot " + report.slot() + " is " + finishedAs()
                        + " already: nothing was done. To observe the fleet anew" + " now: `sync --again`";
            case SUPERSEDED ->
                "Slot " + report.slot() + " is superseded: a newer slot is published, and older never overwrites newer";
            case EXPIRED ->
                "Slot " + report.slot() + " expired: it passed before its listing was complete. The next slot observes"
                        + " the fleet anew";
        };
    }

    private String finishedAs() {
        SyncRun run = report.run();
        return run == null ? "finished" : run.outcome().code();
    }

    private String published() {
        SyncRun run = report.run();
        String tenant = run == null ? "" : "Tenant " + run.run().tenant() + ", slot " + report.slot();
        long requests = run == null ? 0 : run.requestsUsed();
        return String.format(
                Locale.ROOT, "%s: published in %s with %,d requests", tenant, seconds(report.took()), requests);
    }

    private void fleet(SyncRun run, FleetSummary summary) {
        out.println();
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        summary.platforms(),
                        List.of(
                                Columns.text("Platform").with(PlatformCount::platform),
                                Columns.number("Devices").with(count -> grouped(count.devices())),
                                Columns.number("New").with(count -> grouped(count.added())),
                                Columns.number("Changed").with(count -> grouped(count.changed()))))
                .asString());
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d active devices, %,d archived; %,d assigned, to %,d different people%n",
                summary.active(),
                summary.archived(),
                summary.assigned(),
                summary.people());
        out.printf(
                Locale.ROOT,
                "This slot: %,d devices listed, %,d new or changed, %,d archived; %,d assignments begun, %,d ended%n",
                count(run.devicesListed()),
                count(run.devicesChanged()),
                count(run.devicesArchived()),
                count(run.assignmentsOpened()),
                count(run.assignmentsClosed()));
        details(run);
        absences(run);
    }

    private void absences(SyncRun run) {
        AbsenceReport absences = report.absences();
        if (absences != null && absences.absent() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Not listed: %,d devices that were active; %,d looked up, %,d of these are there; %,d stay active%n",
                    absences.absent(),
                    absences.asked(),
                    absences.there(),
                    count(run.devicesAbsent()));
            if (absences.stop() != null) {
                out.printf(
                        Locale.ROOT,
                        "Look-ups of %,d devices wait for the next slot: %s%n",
                        absences.waiting(),
                        absences.stop().words());
            }
        }
        if (run.archivalHeld()) {
            out.printf(
                    Locale.ROOT,
                    "Held back: the archiving of %,d devices, until a person accepts it%n",
                    count(run.devicesHeld()));
        }
    }

    private void details(SyncRun run) {
        out.printf(
                Locale.ROOT,
                "Details: %,d answers used; %s; %,d devices without any yet%n",
                count(run.detailsFetched()),
                run.detailsOldestAsOf() == null
                        ? "none before"
                        : "the oldest of " + run.detailsOldestAsOf().truncatedTo(ChronoUnit.SECONDS),
                count(run.detailsUnknown()));
        DetailsReport details = report.details();
        if (details != null && details.waiting() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Details of %,d devices wait for the next slot: %s%n",
                    details.waiting(),
                    details.why());
        }
    }

    private void changes(SyncRun run, FleetSummary summary) {
        if (summary.changes().isEmpty()) {
            return;
        }
        out.println();
        out.println(
                count(run.devicesChanged()) + count(run.assignmentsOpened())
                                > summary.changes().size()
                        ? "Some of what changed:"
                        : "What changed:");
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        summary.changes(),
                        List.of(
                                Columns.text("Device", 30).with(change -> orDash(change.device())),
                                Columns.text("What", 20).with(Change::what),
                                Columns.text("Was", 38).with(change -> orDash(change.was())),
                                Columns.text("Is now", 38).with(change -> orDash(change.isNow()))))
                .asString());
    }

    private void rejections(SyncRun run, FleetSummary summary) {
        if (summary.rejections().isEmpty()) {
            return;
        }
        out.println();
        surroundings.say(String.format(
                Locale.ROOT,
                "Rejected: %,d of %,d devices; they keep their last good rows (`rejects`)",
                count(run.devicesRejected()),
                count(run.devicesListed())));
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        summary.rejections(),
                        List.of(
                                Columns.number("Records").with(rejection -> grouped(rejection.records())),
                                Columns.text("Field", 40).with(SyncSummary::field),
                                Columns.text("Reason", 70).with(Rejection::reason)))
                .asString());
    }

    private void newFields(FleetSummary summary) {
        if (!summary.newFields().isEmpty()) {
            out.println();
            out.println("New in the API: " + String.join(", ", summary.newFields())
                    + "; kept in extra, told once (kandji.field_drift)");
        }
    }

    private void whereThingsAre(SyncRun run) {
        out.println();
        out.println("Warehouse  " + places.warehouse() + "  schema kandji");
        if (run.lakeManifest() != null) {
            out.println("Lake       " + places.lake());
            out.println("Manifest   " + run.lakeManifest());
        } else {
            out.println("Lake       " + places.lake() + "  (this slot is not in it)");
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static @Nullable String field(Rejection rejection) {
        return "".equals(rejection.example()) ? "(all)" : rejection.example();
    }

    private static long count(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
