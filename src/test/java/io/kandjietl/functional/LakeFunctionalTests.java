package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program wrote, read by DuckDB, is what the tables hold. */
class LakeFunctionalTests {

    private static final Set<String> TIMES = Set.of(
            "first_enrolled_at",
            "last_enrolled_at",
            "last_check_in",
            "details_as_of",
            "details_tried_at",
            "archived_at",
            "absent_since_slot",
            "first_seen_slot",
            "last_seen_slot",
            "changed_slot",
            "valid_from",
            "valid_to");

    @TempDir
    private Path folder;

    @Test
    void duckDbFindsTheRowsThatTheTablesHold() throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(2_000)
                        .seed(3)
                        .otherPlatforms()
                        .build())
                .unlimited()
                .start()) {
            Installation installation = new Installation(folder, tenant);
            try (EtlProcess process = installation.start("sync")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
            }
            assertSameRows(installation, "device", "devices", "device_id", "true");
            assertSameRows(
                    installation,
                    "device_assignment",
                    "assignments",
                    "device_id, access_type, assignee_key",
                    "valid_to is null");
        }
    }

    private static void assertSameRows(
            Installation installation, String table, String entity, String key, String condition) throws SQLException {
        List<String> columns = installation.lines("select column_name::text from information_schema.columns"
                + " where table_schema = 'kandji' and table_name = '" + table + "' and column_name <> 'tenant'"
                + " order by ordinal_position");
        String postgres = columns.stream().map(LakeFunctionalTests::inPostgres).collect(Collectors.joining(", "));
        String duck = columns.stream().map(LakeFunctionalTests::inDuckDb).collect(Collectors.joining(", "));
        List<List<String>> expected = rows(
                installation.database().dataSource().getConnection(),
                "select " + postgres + " from kandji." + table + " where " + condition + " order by " + key);
        List<List<String>> actual = rows(
                DriverManager.getConnection("jdbc:duckdb:"),
                "select " + duck + " from read_parquet('" + installation.lake() + "/" + entity
                        + "/tenant=acme/*/*.parquet') order by " + key);

        assertThat(expected).hasSizeGreaterThan(1_000);
        assertThat(actual).isEqualTo(expected);
    }

    private static String inPostgres(String column) {
        if (TIMES.contains(column)) {
            return "(extract(epoch from " + column + ") * 1000000)::bigint";
        }
        return column.equals("tags") ? "to_json(tags)::text" : column + "::text";
    }

    private static String inDuckDb(String column) {
        if (TIMES.contains(column)) {
            return "epoch_us(" + column + ")";
        }
        return column.equals("tags") ? "to_json(tags)::varchar" : column + "::varchar";
    }

    private static List<List<String>> rows(Connection opened, String sql) throws SQLException {
        try (Connection connection = opened;
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
