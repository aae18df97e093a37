package io.kandjietl.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where words stand in an installation: in any column of any table, whatever its type, and in any file, read or in its bytes. */
public final class Traces {

    private Traces() {}

    /** In tables and files. */
    public static List<String> of(Installation installation, List<String> words) throws IOException, SQLException {
        List<String> traces = new ArrayList<>(inTables(installation, words));
        for (Map.Entry<String, String> file : installation.files().entrySet()) {
            String bytes = new String(HexFormat.of().parseHex(file.getValue()), StandardCharsets.UTF_8);
            add(file.getKey() + " (bytes)", bytes, words, traces);
            if (file.getKey().endsWith(".parquet")) {
                for (List<String> row : duckDb("select to_json(t)::varchar from '"
                        + installation.lake().resolve(file.getKey()) + "' t")) {
                    add(file.getKey(), String.join(" ", row), words, traces);
                }
            }
        }
        return traces;
    }

    /** In every row of every table of both schemas. */
    public static List<String> inTables(Installation installation, List<String> words) {
        List<String> traces = new ArrayList<>();
        for (String table :
                installation.lines("select oid::regclass::text from pg_class where relkind = 'r' and relnamespace in"
                        + " ('kandji'::regnamespace, 'batch'::regnamespace)")) {
            for (String row : installation.lines("select to_jsonb(t)::text from " + table + " t")) {
                add(table, row, words, traces);
            }
        }
        return traces;
    }

    private static void add(String where, String text, List<String> words, List<String> traces) {
        for (String word : words) {
            if (text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
                traces.add(where + ": " + word);
            }
        }
    }

    /** What DuckDB reads. */
    public static List<List<String>> duckDb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                found.add(row);
            }
            return found;
        }
    }
}
