package io.kandjietl.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The devices whose archiving the guard held back, {@code kandji.held_archival}. */
public final class HeldArchivals {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TenantLease lease;
    private final Clock clock;

    /**
     * Makes the door to what was held back for a tenant.
     *
     * @param jdbc takes part in {@code transaction}
     * @param lease the tenant's; it must be held to accept
     * @param clock for the time of acceptance
     */
    public HeldArchivals(JdbcClient jdbc, TransactionTemplate transaction, TenantLease lease, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * A device whose archiving is held back.
     *
     * @param reason {@code removed} or {@code gone}
     * @param acceptedAt when a person accepted it; null as long as nobody did
     * @param userEmail of the assigned user; null where there is none or it is unknown
     * @param lastSeenSlot the last slot whose listing showed it
     */
    public record Held(
            String deviceId,
            String reason,
            @Nullable Instant acceptedAt,
            @Nullable String deviceName,
            @Nullable String serialNumber,
            @Nullable String platform,
            @Nullable Instant lastCheckIn,
            Instant lastSeenSlot,
            @Nullable String userEmail) {}

    /**
     * What a slot held back.
     *
     * @param devices how many devices
     * @param first the first of them
     */
    public record OfSlot(long devices, List<Held> first) {

        /** Copies the list. */
        public OfSlot {
            first = List.copyOf(first);
        }
    }

    /** The newest slot that held anything back; what it held may have been accepted since. */
    public Optional<Instant> newestSlot(String tenant) {
        return jdbc
                .sql(Statements.named("select-newest-held-slot"))
                .param("tenant", tenant)
                .query(OffsetDateTime.class)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .map(OffsetDateTime::toInstant)
                .findFirst();
    }

    /** What a slot held back and what is not settled since. */
    public OfSlot ofSlot(String tenant, Instant slot, int most) {
        long[] devices = new long[1];
        List<Held> first = jdbc.sql(Statements.named("select-held-archivals"))
                .param("tenant", tenant)
                .param("slot", Timestamps.of(slot))
                .param("most", most)
                .query((row, number) -> {
                    devices[0] = row.getLong("devices");
                    return held(row);
                })
                .list();
        return new OfSlot(devices[0], first);
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getString("device_id"),
                row.getString("reason"),
                Timestamps.get(row, "accepted_at"),
                row.getString("device_name"),
                row.getString("serial_number"),
                row.getString("platform"),
                Timestamps.get(row, "last_check_in"),
                Timestamps.require(row, "last_seen_slot"),
                row.getString("user_email"));
    }

    /**
     * Accepts what a slot held back: the next runs archive those devices that they can confirm to be gone, without
     * counting them.
     *
     * @return how many devices were accepted that had not been
     * @throws LeaseLostException when another process took the tenant over
     */
    public int accept(String tenant, Instant slot) {
        Integer accepted = transaction.execute(status -> {
            lease.check();
            return jdbc.sql(Statements.named("accept-archivals"))
                    .param("tenant", tenant)
                    .param("slot", Timestamps.of(slot))
                    .param("now", Timestamps.of(clock.instant()))
                    .update();
        });
        return Objects.requireNonNull(accepted);
    }
}
