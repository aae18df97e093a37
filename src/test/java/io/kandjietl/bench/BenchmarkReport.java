package io.kandjietl.bench;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of all benchmarks as one table: {@code report.md} and {@code report.json}, written anew after each figure. A
 * benchmark that runs again replaces its own figures and leaves the others', so that one can be repeated; each row has its day.
 * Figures of another machine go.
 *
 * <p>Not for several threads.
 */
final class BenchmarkReport {

    private static final String REACHED = ": reached";
    private static final String MISSED = ": missed";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<ColumnData<Row>> COLUMNS = List.of(
            column("figure", HorizontalAlign.LEFT, Row::subject),
            column("measured", HorizontalAlign.RIGHT, row -> new Samples(row.measured()).text()),
            column("unit", HorizontalAlign.LEFT, Row::unit),
            column("baseline", HorizontalAlign.LEFT, Row::baseline),
            column("its figure", HorizontalAlign.RIGHT, row -> new Samples(row.reference()).text()),
            column("ratio", HorizontalAlign.RIGHT, row -> Samples.number(row.ratio())),
            column("to reach", HorizontalAlign.LEFT, Row::target),
            column("samples", HorizontalAlign.RIGHT, row -> Integer.toString(row.measured().length)),
            column("day", HorizontalAlign.LEFT, Row::day));

    private final Path folder;
    private final String machine;
    private final Clock clock;
    private final Map<String, List<Row>> benchmarks;
    private String current = "";
    private boolean isFirst;

    /**
     * Goes on with the report that is in the folder.
     *
     * @param machine what the figures were measured on
     */
    BenchmarkReport(Path folder, String machine, Clock clock) throws IOException {
        this.folder = folder;
        this.machine = machine;
        this.clock = clock;
        Files.createDirectories(folder);
        this.benchmarks = new LinkedHashMap<>();
        if (Files.exists(json())) {
            Content before = JSON.readValue(json().toFile(), Content.class);
            if (before.machine().equals(machine)) {
                benchmarks.putAll(before.benchmarks());
            }
        }
    }

    private Path json() {
        return folder.resolve("report.json");
    }

    /** Begins a benchmark: what figures it has from an earlier run go with its first one. */
    void begin(String benchmark) {
        current = benchmark;
        isFirst = true;
    }

    /** Adds a figure of the benchmark that was begun, and writes the report. */
    void add(Figure figure) throws IOException {
        if (current.isEmpty()) {
            throw new IllegalStateException("No benchmark was begun");
        }
        if (isFirst) {
            benchmarks.put(current, new ArrayList<>());
            isFirst = false;
        }
        benchmarks.computeIfAbsent(current, benchmark -> new ArrayList<>()).add(Row.of(figure, LocalDate.now(clock)));
        System.err.println(figure.subject() + ": " + figure.measured().text() + " " + figure.unit() + ", "
                + Samples.number(figure.ratio()) + "x of " + figure.baseline());
        Files.writeString(json(), JSON.writeValueAsString(new Content(machine, benchmarks)) + "\n");
        Files.writeString(folder.resolve("report.md"), markdown());
    }

    /** The table as Markdown, what it was measured on above it. */
    String markdown() {
        String header = COLUMNS.stream().map(Column::getHeader).collect(Collectors.joining(" | ", "| ", " |\n"));
        String rule = COLUMNS.stream()
                .map(column -> column.getDataAlign() == HorizontalAlign.RIGHT ? "---:" : "---")
                .collect(Collectors.joining("|", "|", "|\n"));
        return machine + "\n\n" + header + rule
                + rows().stream()
                        .map(row -> COLUMNS.stream()
                                .map(column -> column.getCellValue(row))
                                .collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining());
    }

    /** The table for a terminal, what it was measured on above it. */
    String table() {
        return machine
                + System.lineSeparator()
                + AsciiTable.builder()
                        .border(AsciiTable.NO_BORDERS)
                        .data(rows(), COLUMNS)
                        .asString();
    }

    /** How many figures are not what they are to be. */
    long missed() {
        return rows().stream().filter(row -> row.target().endsWith(MISSED)).count();
    }

    private List<Row> rows() {
        return benchmarks.values().stream().flatMap(List::stream).toList();
    }

    private static ColumnData<Row> column(String header, HorizontalAlign align, Function<Row, String> value) {
        return new Column()
                .header(header)
                .headerAlign(align)
                .dataAlign(align)
                .maxWidth(60)
                .with(value);
    }

    /** What {@code report.json} holds: each benchmark's rows. */
    record Content(String machine, Map<String, List<Row>> benchmarks) {}

    /** A figure as it is kept: {@link Figure}, with its ratio, verdict and day. Samples as numbers, in the unit. */
    record Row(
            String subject,
            String unit,
            double[] measured,
            String baseline,
            double[] reference,
            double ratio,
            String target,
            String day) {

        static Row of(Figure figure, LocalDate day) {
            Figure.Target target = figure.target();
            return new Row(
                    figure.subject(),
                    figure.unit(),
                    figure.measured().values(),
                    figure.baseline(),
                    figure.reference().values(),
                    figure.ratio(),
                    target == null ? "" : target.text() + (target.reachedBy(figure.ratio()) ? REACHED : MISSED),
                    day.toString());
        }
    }
}
