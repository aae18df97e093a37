package io.kandjietl.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * What PostgreSQL's own COPY makes of rows that the program wrote: they are taken out of its tables into text files, and
 * copied from there into empty tables of the same shape, with the same keys, indexes and checks, all in one transaction. Its pages are
 * full: room for new versions is the program's own doing.
 */
final class CopyBaseline implements AutoCloseable {

    private static final int BUFFER = 65_536;

    private final BenchWarehouse warehouse;
    private final Path folder;
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private final Map<String, String> conditions = new HashMap<>();

    CopyBaseline(BenchWarehouse warehouse, Path folder) throws IOException {
        this.warehouse = warehouse;
        this.folder = Files.createTempDirectory(Files.createDirectories(folder), "copy");
        warehouse.jdbc().sql("create schema baseline").update();
    }

    /** Takes rows of a table of the schema {@code kandji}; the condition says which. */
    void take(String table, String condition) throws IOException, SQLException {
        warehouse
                .jdbc()
                .sql("create table baseline." + table + " (like kandji." + table + " including all)")
                .update();
        warehouse.keepVacuumFrom("baseline." + table);
        warehouse.keepVacuumFrom("kandji." + table);
        try (Connection connection = warehouse.pool().getConnection();
                OutputStream file = Files.newOutputStream(file(table))) {
            long taken = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from kandji." + table + " where " + condition + ") to stdout", file);
            rows.put(table, taken);
            conditions.put(table, condition);
        }
    }

    /** Copies all files through the driver; how many seconds it takes. */
    double throughDriver() throws Exception {
        return timed(() -> {
            try (Connection connection = warehouse.pool().getConnection()) {
                connection.setAutoCommit(false);
                for (String table : rows.keySet()) {
                    try (InputStream file = Files.newInputStream(file(table))) {
                        connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("copy baseline." + table + " from stdin", file, BUFFER);
                    }
                }
                connection.commit();
            }
        });
    }

    /** Whether there is a psql on the PATH. */
    static boolean hasPsql() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql")));
    }

    /** Copies all files by psql; how many seconds it takes, with the start of its process. */
    double byPsql() throws Exception {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1"));
        command.addAll(List.of("-h", "localhost", "-U", "postgres", "-d"));
        command.add(warehouse.database().name());
        command.addAll(List.of("-p", Integer.toString(warehouse.database().port())));
        for (String table : rows.keySet()) {
            command.addAll(List.of("-c", "\\copy baseline." + table + " from '" + file(table) + "'"));
        }
        return timed(() -> {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("psql ended with " + code);
            }
        });
    }

    private double timed(InTurn.Action action) throws Exception {
        warehouse.empty(String.join(
                ", ", rows.keySet().stream().map(table -> "baseline." + table).toList()));
        double seconds = InTurn.seconds(action);
        rows.forEach((table, expected) -> {
            long copied = warehouse.count("select count(*) from baseline." + table);
            if (copied != expected) {
                throw new IllegalStateException(
                        "Of " + expected + " rows of kandji." + table + " " + copied + " were copied");
            }
        });
        return seconds;
    }

    /** Checks that what was copied last is what the program's tables hold, row by row. */
    void checkSame() {
        conditions.forEach((table, condition) -> {
            if (fingerprint("baseline." + table, "true") != fingerprint("kandji." + table, condition)) {
                throw new IllegalStateException("The rows copied are others than those in kandji." + table);
            }
        });
    }

    /** A sum, in which the same row twice counts twice. */
    private long fingerprint(String table, String condition) {
        return warehouse.count(
                "select coalesce(mod(sum(hashtextextended(found::text, 0)::numeric), 1e18), 0)::bigint from " + table
                        + " found where " + condition);
    }

    private Path file(String table) {
        return folder.toAbsolutePath().resolve(table + ".txt");
    }

    @Override
    public void close() throws IOException {
        for (String table : rows.keySet()) {
            Files.deleteIfExists(file(table));
        }
        Files.delete(folder);
    }
}
