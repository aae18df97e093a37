package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.ColumnData;
import io.kandjietl.warehouse.AccessHistory.Access;
import io.kandjietl.warehouse.AccessHistory.Answer;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who had access to a device, as a person or a program reads it.
 *
 * @param on the day asked for; null for all that is known
 * @param zone of the day and of the times shown
 */
record WhoHadReport(String tenant, String serial, @Nullable LocalDate on, ZoneId zone, PrintWriter out) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** One answer as a line of JSON. */
    void line(Access access) {
        ObjectNode line = JSON.createObjectNode()
                .put("answer", access.answer().code())
                .put("tenant", tenant)
                .put("serial_number", access.serialNumber())
                .put("on", on == null ? null : on.toString())
                .put("zone", zone.getId())
                .put("slots_observed", access.slotsObserved())
                .put("device_id", access.deviceId())
                .put("access_type", access.accessType())
                .put("user_id", access.userId())
                .put("user_email", access.userEmail())
                .put("user_name", access.userName())
                .put("user_is_archived", access.userIsArchived())
                .put("username", access.username())
                .put("is_admin", access.isAdmin())
                .put("observed_before", text(access.observedBefore()))
                .put("valid_from", text(access.validFrom()))
                .put("observed_last", text(access.observedLast()))
                .put("valid_to", text(access.validTo()))
                .put("known_from", text(access.knownFrom()));
        out.println(JSON.writeValueAsString(line));
    }

    /**
     * The answers as a table, and what an auditor must know of them.
     *
     * @param newest the newest published slot; null when there is none
     * @param to the end of the time asked for; null for up to now
     */
    void table(List<Access> answers, @Nullable Instant newest, @Nullable Instant to) {
        out.println("Serial number " + serial.toUpperCase(Locale.ROOT) + " of tenant " + tenant + ", " + asked());
        out.println();
        List<Access> had = of(answers, Answer.HAD);
        if (!had.isEmpty()) {
            out.println(AsciiTable.builder()
                    .border(AsciiTable.NO_BORDERS)
                    .data(had, columns())
                    .asString()
                    .replaceAll("(?m) +$", ""));
            out.println();
        }
        answers.stream().filter(access -> !access.answer().isPeriod()).forEach(access -> out.println(words(access)));
        of(answers, Answer.PERHAPS).forEach(access -> out.println(perhaps(access)));
        observed(answers.getFirst(), newest, to, !had.isEmpty());
    }

    private static List<Access> of(List<Access> answers, Answer answer) {
        return answers.stream().filter(access -> access.answer() == answer).toList();
    }

    private String asked() {
        String times = "times in " + zone.getId();
        return (on == null ? "all that is known; " : "on " + on + ", the whole day; ") + times;
    }

    private static String words(Access access) {
        return switch (access.answer()) {
            case NOBODY -> "Nobody had access to it then";
            case NOT_OBSERVED ->
                "Not observed: no slot was published then, or its history was pruned, so nobody can tell from these tables";
            case UNKNOWN_SERIAL -> "Unknown serial: no device of this tenant ever had that serial number";
            case HAD, PERHAPS -> throw new IllegalArgumentException("A period has more words");
        };
    }

    private String perhaps(Access access) {
        return "Perhaps also " + who(access) + ": first seen at " + time(access.validFrom())
                + ", the first slot after that time, so it may have begun in it";
    }

    private void observed(Access first, @Nullable Instant newest, @Nullable Instant to, boolean isAnswered) {
        if (on != null) {
            out.printf(
                    Locale.ROOT,
                    "Observed on that day: %,d slots%s%n",
                    first.slotsObserved(),
                    first.slotsObserved() == 0 && isAnswered
                            ? ": what stands here was so at the last slot before it"
                            : "");
        }
        Instant knownFrom = first.knownFrom();
        if (knownFrom != null
                && (on == null || on.atStartOfDay(zone).toInstant().isBefore(knownFrom))) {
            out.println("History before " + time(knownFrom)
                    + " was pruned: who had it then, and no longer after, is not told here");
        }
        if (newest == null) {
            out.println("No slot is published yet");
        } else if (to == null || newest.isBefore(to)) {
            out.println("Known up to the newest published slot, " + time(newest));
        }
    }

    private List<ColumnData<Access>> columns() {
        return List.of(
                Columns.text("Who", 44).with(WhoHadReport::who),
                Columns.text("Access", 14).with(access -> access.accessType() == null ? "-" : access.accessType()),
                Columns.text("Admin", 5)
                        .with(access -> access.isAdmin() == null ? "-" : access.isAdmin() ? "yes" : "no"),
                Columns.text("Began", 38).with(this::began),
                Columns.text("Ended", 38).with(this::ended),
                Columns.text("Device", 38).with(access -> access.deviceId() == null ? "-" : access.deviceId()));
    }

    private static String who(Access access) {
        String known = Stream.of(access.userName(), access.userEmail(), access.username())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        String who = known.isEmpty() ? String.valueOf(access.userId()) : known;
        return Boolean.TRUE.equals(access.userIsArchived()) ? who + " (archived)" : who;
    }

    private String began(Access access) {
        return access.observedBefore() == null
                ? "by " + time(access.validFrom()) + (access.knownFrom() == null ? ", the first slot" : "")
                : time(access.observedBefore()) + " - " + time(access.validFrom());
    }

    private String ended(Access access) {
        return access.validTo() == null
                ? "still so at " + time(access.observedLast())
                : time(access.observedLast()) + " - " + time(access.validTo());
    }

    private String time(@Nullable Instant instant) {
        return instant == null ? "-" : TIME.format(instant.atZone(zone));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
