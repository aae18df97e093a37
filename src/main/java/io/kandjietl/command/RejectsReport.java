package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.ColumnData;
import io.kandjietl.warehouse.RejectedRecords;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How rejected records are shown, one after another. */
sealed interface RejectsReport {

    /**
     * Adds a record.
     *
     * @param verdict what today's normalizer says of it; null when it was not asked
     */
    void add(RejectedRecords.Rejected rejected, @Nullable String verdict);

    /** Prints what is left to print. */
    void end();

    /** One JSON object a line, printed as they come. */
    record Lines(PrintWriter out) implements RejectsReport {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public void add(RejectedRecords.Rejected rejected, @Nullable String verdict) {
            ObjectNode line = JSON.createObjectNode()
                    .put("run_id", rejected.runId())
                    .put("slot", rejected.slot().toString())
                    .put("source", rejected.source())
                    .put("device_id", rejected.deviceId())
                    .put("reason", rejected.reason())
                    .put("json_pointer", rejected.jsonPointer())
                    .put("payload", rejected.payload())
                    .put("rejected_at", rejected.rejectedAt().toString())
                    .put(
                            "resolved_at",
                            rejected.resolvedAt() == null
                                    ? null
                                    : rejected.resolvedAt().toString());
            if (verdict != null) {
                line.put("verdict", verdict);
            }
            out.println(JSON.writeValueAsString(line));
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    /** A table of the first records, and how many more there are. */
    final class Table implements RejectsReport {

        private static final int MOST = 200;

        private final PrintWriter out;
        private final boolean withVerdict;
        private final List<Row> rows = new ArrayList<>();
        private long count;

        Table(PrintWriter out, boolean withVerdict) {
            this.out = out;
            this.withVerdict = withVerdict;
        }

        @Override
        public void add(RejectedRecords.Rejected rejected, @Nullable String verdict) {
            count++;
            if (rows.size() < MOST) {
                rows.add(new Row(rejected, verdict));
            }
        }

        @Override
        public void end() {
            if (rows.isEmpty()) {
                out.println("No record was rejected");
            } else {
                RejectedRecords.Rejected first = rows.getFirst().rejected();
                out.printf(
                        Locale.ROOT, "Rejected in run %d, slot %s: %,d records%n", first.runId(), first.slot(), count);
                out.println(AsciiTable.builder()
                        .border(AsciiTable.NO_BORDERS)
                        .data(rows, columns())
                        .asString());
                if (count > rows.size()) {
                    out.printf(
                            Locale.ROOT, "and %,d more: --json lists all, with their payloads%n", count - rows.size());
                }
            }
            out.flush();
        }

        private List<ColumnData<Row>> columns() {
            List<ColumnData<Row>> columns = new ArrayList<>();
            columns.add(
                    Columns.text("Device", 38).with(row -> orDash(row.rejected().deviceId())));
            columns.add(
                    Columns.text("Field", 24).with(row -> orDash(row.rejected().jsonPointer())));
            columns.add(Columns.text("Reason", 60).with(row -> row.rejected().reason()));
            columns.add(Columns.text("Accepted since", 20)
                    .with(row -> row.rejected().resolvedAt() == null
                            ? "-"
                            : row.rejected().resolvedAt().toString().substring(0, 16) + "Z"));
            if (withVerdict) {
                columns.add(Columns.text("Today", 40).with(row -> orDash(row.verdict())));
            }
            return columns;
        }

        private static String orDash(@Nullable String text) {
            return text == null || text.isEmpty() ? "-" : text;
        }

        private record Row(
                RejectedRecords.Rejected rejected, @Nullable String verdict) {}
    }
}
