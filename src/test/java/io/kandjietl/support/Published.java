package io.kandjietl.support;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What readers see of an installation: tables without the times of observation, the names of all files, those of the
 * assignments to the byte, and the devices in the lake without the times at which details were answered.
 *
 * @param tables rows as text
 * @param names the files' names
 * @param assignments their files, as hexadecimal text by name
 * @param devices rows as JSON
 */
public record Published(List<String> tables, Set<String> names, Map<String, String> assignments, List<String> devices) {

    /** By an installation, up to now. */
    public static Published by(Installation installation) throws IOException, SQLException {
        Map<String, String> files = installation.files();
        return new Published(
                installation.tables(),
                files.keySet(),
                files.entrySet().stream()
                        .filter(file -> file.getKey().startsWith("assignments/"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                devices(installation));
    }

    private static List<String> devices(Installation installation) throws SQLException {
        List<String> devices = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select to_json(device)::varchar from (select"
                        + " * exclude (details_as_of, details_tried_at), details_as_of is null, details_tried_at is null"
                        + " from read_parquet('" + installation.lake() + "/devices/*/*/*.parquet')) device")) {
            while (rows.next()) {
                devices.add(rows.getString(1));
            }
        }
        return devices;
    }
}
