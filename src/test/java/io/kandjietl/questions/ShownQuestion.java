package io.kandjietl.questions;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of the page: a command as a person types it, and what it prints.
 *
 * @param command {@code psql} or {@code duckdb} with settings and the path of a file with SQL
 */
record ShownQuestion(String command) {

    private static final Pattern SET = Pattern.compile("\"(set|[.]read) ([^\"]+)\"");
    private static final Pattern FILE = Pattern.compile("sql/query/\\S+\\.sql$");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssx", Locale.ROOT);

    boolean isForDuckDb() {
        return command.startsWith("duckdb");
    }

    Path file() {
        Matcher file = FILE.matcher(command);
        if (!file.find()) {
            throw new IllegalArgumentException("No file in: " + command);
        }
        return Path.of(file.group());
    }

    /**
     * Asks it as its command says.
     *
     * @param lake what stands for {@code 'lake'} in the command
     */
    Answer ask(Connection connection, Path lake) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            Matcher set = SET.matcher(command);
            while (set.find()) {
                statement.execute(
                        set.group(1).equals("set")
                                ? "set " + set.group(2).replace("'lake'", "'" + lake + "'")
                                : Files.readString(Path.of(set.group(2))));
            }
            statement.execute(Files.readString(file()));
            try (ResultSet rows = statement.getResultSet()) {
                return Answer.of(rows);
            }
        }
    }

    /**
     * What a query found, as text.
     *
     * @param columns their names
     * @param rows as many values each; a missing one is empty
     */
    record Answer(List<String> columns, List<List<String>> rows) {

        static Answer of(ResultSet result) throws SQLException {
            ResultSetMetaData meta = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                columns.add(meta.getColumnLabel(column));
            }
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    row.add(text(result, column, meta.getColumnType(column), meta.getColumnTypeName(column)));
                }
                rows.add(row);
            }
            return new Answer(columns, rows);
        }

        private static String text(ResultSet result, int column, int type, String name) throws SQLException {
            if (type == Types.TIMESTAMP_WITH_TIMEZONE || name.equals("timestamptz")) {
                @Nullable OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
                return time == null ? "" : TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
            }
            String text = result.getString(column);
            return text == null ? "" : text;
        }

        String table() {
            Column[] headers = columns.stream()
                    .map(name -> new Column()
                            .header(name)
                            .headerAlign(HorizontalAlign.LEFT)
                            .dataAlign(HorizontalAlign.LEFT))
                    .toArray(Column[]::new);
            Object[][] cells = rows.stream().map(List::toArray).toArray(Object[][]::new);
            return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER, headers, cells)
                            .replaceAll("(?m) +$", "")
                    + "\n(" + rows.size() + (rows.size() == 1 ? " row)" : " rows)");
        }
    }
}
