package io.kandjietl.warehouse;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.DeviceDetails;
import io.kandjietl.device.Lifecycle;
import io.kandjietl.device.PublishedAssignment;
import io.kandjietl.device.PublishedDevice;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The rows of a tenant as they are published, in the order of their keys, streamed: only a thousand are in memory at a
 * time. Must be called in a transaction, and to see one picture in several calls, in one of REPEATABLE READ.
 */
public final class PublishedRows {

    private static final int FETCH_SIZE = 1_000;

    private final NamedParameterJdbcTemplate jdbc;

    /** Makes the reader; the data source takes part in its caller's transaction. */
    public PublishedRows(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.jdbc.getJdbcTemplate().setFetchSize(FETCH_SIZE);
    }

    /** Gives every device of the tenant, whatever its status. */
    public void forEachDevice(String tenant, Consumer<PublishedDevice> consumer) {
        forEach("select-published-devices", tenant, PublishedRows::device, consumer);
    }

    /** Gives every open assignment of the tenant. */
    public void forEachAssignment(String tenant, Consumer<PublishedAssignment> consumer) {
        forEach("select-published-assignments", tenant, PublishedRows::assignment, consumer);
    }

    private <T> void forEach(String statement, String tenant, RowMapper<T> mapper, Consumer<T> consumer) {
        jdbc.query(Statements.named(statement), Map.of("tenant", tenant), row -> {
            T value = mapper.mapRow(row, 0);
            if (value != null) {
                consumer.accept(value);
            }
        });
    }

    private static PublishedDevice device(ResultSet row, int number) throws SQLException {
        Device device = new Device(
                row.getString("device_id"),
                row.getString("device_name"),
                row.getString("serial_number"),
                row.getString("platform"),
                row.getString("model"),
                row.getString("os_version"),
                row.getString("os_build"),
                row.getString("os_version_extra"),
                row.getString("asset_tag"),
                row.getString("blueprint_id"),
                row.getString("blueprint_name"),
                row.getString("agent_version"),
                bool(row, "mdm_enabled"),
                bool(row, "agent_installed"),
                bool(row, "is_missing"),
                bool(row, "is_removed"),
                row.getString("lost_mode_status"),
                texts(row, "tags"),
                Timestamps.get(row, "first_enrolled_at"),
                Timestamps.get(row, "last_enrolled_at"),
                Timestamps.get(row, "last_check_in"),
                row.getString("extra"));
        return new PublishedDevice(device, details(row), lifecycle(row));
    }

    private static DeviceDetails details(ResultSet row) throws SQLException {
        return new DeviceDetails(
                row.getString("udid"),
                row.getString("model_identifier"),
                bool(row, "is_supervised"),
                bool(row, "filevault_enabled"),
                Timestamps.get(row, "details_as_of"),
                Timestamps.get(row, "details_tried_at"));
    }

    private static Lifecycle lifecycle(ResultSet row) throws SQLException {
        return new Lifecycle(
                row.getString("status"),
                row.getString("archived_reason"),
                Timestamps.get(row, "archived_at"),
                Timestamps.get(row, "absent_since_slot"),
                row.getBoolean("unlisted"),
                Timestamps.require(row, "first_seen_slot"),
                Timestamps.require(row, "last_seen_slot"),
                Timestamps.require(row, "changed_slot"));
    }

    private static PublishedAssignment assignment(ResultSet row, int number) throws SQLException {
        Assignment assignment = new Assignment(
                row.getString("device_id"),
                AccessType.ofCode(row.getString("access_type")),
                row.getString("assignee_key"),
                row.getString("user_id"),
                row.getString("user_email"),
                row.getString("user_name"),
                bool(row, "user_is_archived"),
                row.getString("username"),
                bool(row, "is_admin"));
        return new PublishedAssignment(
                assignment,
                Timestamps.require(row, "valid_from"),
                Timestamps.get(row, "valid_to"),
                Timestamps.require(row, "changed_slot"));
    }

    private static @Nullable Boolean bool(ResultSet row, String column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? null : List.of((String[]) array.getArray());
    }
}
