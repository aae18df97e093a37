package io.kandjietl.warehouse;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The records that could not be used, as {@code kandji.rejected_record} keeps them. Thread-safe. */
public final class RejectedRecords {

    private static final int FETCH_SIZE = 100;

    private final NamedParameterJdbcTemplate jdbc;

    /** Makes the door to the quarantine; the data source takes part in its caller's transaction. */
    public RejectedRecords(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.jdbc.getJdbcTemplate().setFetchSize(FETCH_SIZE);
    }

    /**
     * A record that was rejected.
     *
     * @param runId the run
     * @param slot its slot
     * @param source {@code list} or {@code details}
     * @param deviceId the device; null when its id could not be read
     * @param reason what is wrong, in words
     * @param jsonPointer where; empty for the whole record
     * @param payload the record as JSON text
     * @param rejectedAt when
     * @param resolvedAt when a later run accepted the device; null as long as none did
     */
    public record Rejected(
            long runId,
            Instant slot,
            String source,
            @Nullable String deviceId,
            String reason,
            String jsonPointer,
            String payload,
            Instant rejectedAt,
            @Nullable Instant resolvedAt) {}

    /**
     * Gives the records of one run, one at a time. Must be called in a transaction, or all are in memory at once.
     *
     * @param run the run; empty for the tenant's newest one that rejected any
     */
    public void forEach(String tenant, OptionalLong run, Consumer<Rejected> consumer) {
        MapSqlParameterSource parameters =
                new MapSqlParameterSource("tenant", tenant).addValue("runId", run.isPresent() ? run.getAsLong() : null);
        jdbc.query(Statements.named("select-rejected-records"), parameters, row -> {
            consumer.accept(new Rejected(
                    row.getLong("run_id"),
                    Timestamps.require(row, "slot"),
                    row.getString("source"),
                    row.getString("device_id"),
                    row.getString("reason"),
                    row.getString("json_pointer"),
                    row.getString("payload"),
                    Timestamps.require(row, "rejected_at"),
                    Timestamps.get(row, "resolved_at")));
        });
    }
}
