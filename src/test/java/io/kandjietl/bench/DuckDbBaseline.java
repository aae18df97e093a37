package io.kandjietl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What DuckDB's own writer makes of the rows of Parquet files: it reads each into a table in its memory, and writes that on
 * one thread, in zstd at its standard level, in row groups of its standard size.
 */
final class DuckDbBaseline implements AutoCloseable {

    private final Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    private final Map<String, Path> originals = new LinkedHashMap<>();
    private final Path folder;

    /** Files go to the folder. */
    DuckDbBaseline(Path folder) throws SQLException {
        this.folder = folder;
        execute("set threads = 1");
    }

    /** Reads a file into a table. */
    void take(String table, Path original) throws SQLException {
        originals.put(table, original);
        execute("create table " + table + " as select * from " + parquet(original));
    }

    /** How many rows all tables have. */
    long rows() throws SQLException {
        long rows = 0;
        for (String table : originals.keySet()) {
            rows += number("select count(*) from " + table);
        }
        return rows;
    }

    /** Writes a table's file; how many seconds it takes. */
    double write(String table) throws Exception {
        return InTurn.seconds(
                () -> execute("copy " + table + " to '" + written(table) + "' (format parquet, compression zstd)"));
    }

    /** How large the file is. */
    long bytes(String table) throws IOException {
        return Files.size(written(table));
    }

    /** Checks that the file holds what the one does that the table was read from, row by row. */
    void checkSame(String table) throws SQLException {
        Path original = originals.get(table);
        if (original == null || fingerprint(original) != fingerprint(written(table))) {
            throw new IllegalStateException("DuckDB wrote other rows than those of " + original);
        }
    }

    private long fingerprint(Path file) throws SQLException {
        return number(
                "select (coalesce(bit_xor(hash(found)), 0) // 2 + count(*))::bigint from " + parquet(file) + " found");
    }

    private static String parquet(Path file) {
        return "read_parquet('" + file + "', hive_partitioning = false)";
    }

    private Path written(String table) {
        return folder.resolve(table + ".parquet");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
