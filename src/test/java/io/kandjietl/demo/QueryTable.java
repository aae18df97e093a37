package io.kandjietl.demo;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Prints what a query finds as a table. */
final class QueryTable {

    private static final int MOST_ROWS = 200;
    private static final int WIDEST = 60;
    private static final Set<Integer> NUMBERS =
            Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

    private final DataSource dataSource;
    private final PrintWriter out;

    QueryTable(DataSource dataSource, PrintWriter out) {
        this.dataSource = dataSource;
        this.out = out;
    }

    /**
     * Runs a query.
     *
     * @param words SQL; or the path of a file with it, and what it asks for: {@code serial=C02ABC12DEF3} sets {@code
     *     ask.serial}
     * @return the exit code
     */
    int print(List<String> words) throws IOException {
        if (words.isEmpty() || words.getFirst().isBlank()) {
            out.println("Say what to ask: query 'select …', or query sql/query/FILE.sql, or"
                    + " query sql/query/who-had-on-a-day.sql serial=C02ABC12DEF3 day=2026-03-03");
            return 64;
        }
        boolean isFile = words.getFirst().endsWith(".sql");
        String sql = isFile ? Files.readString(Path.of(words.getFirst())) : String.join(" ", words);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (isFile) {
                set(connection, words.subList(1, words.size()));
            }
            connection.setAutoCommit(false); // The driver tells the server of read-only transactions alone.
            connection.setReadOnly(true);
            statement.setMaxRows(MOST_ROWS + 1);
            try (ResultSet rows = statement.executeQuery(sql)) {
                print(rows);
            }
            return 0;
        } catch (SQLException e) {
            out.println(e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private static void set(Connection connection, List<String> settings) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config('ask.' || ?, ?, false)")) {
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                set.setString(1, setting.substring(0, Math.max(0, equals)));
                set.setString(2, setting.substring(equals + 1));
                set.execute();
            }
        }
    }

    private void print(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<List<String>> values = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                String value = rows.getString(column);
                row.add(value == null ? "" : value);
            }
            values.add(row);
        }
        boolean cut = values.size() > MOST_ROWS;
        List<Column> columns = new ArrayList<>();
        for (int column = 1; column <= meta.getColumnCount(); column++) {
            columns.add(new Column()
                    .header(meta.getColumnLabel(column))
                    .maxWidth(WIDEST)
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(
                            NUMBERS.contains(meta.getColumnType(column))
                                    ? HorizontalAlign.RIGHT
                                    : HorizontalAlign.LEFT));
        }
        out.println(table(columns, cut ? values.subList(0, MOST_ROWS) : values));
        out.println(cut ? "The first " + MOST_ROWS + " rows" : values.size() + (values.size() == 1 ? " row" : " rows"));
    }

    private static String table(List<Column> columns, List<List<String>> values) {
        Column[] headers = columns.toArray(Column[]::new);
        Object[][] cells = values.stream().map(List::toArray).toArray(Object[][]::new);
        return AsciiTable.getTable(AsciiTable.FANCY_ASCII, headers, cells);
    }
}
