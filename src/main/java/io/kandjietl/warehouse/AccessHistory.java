package io.kandjietl.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who had access to which device, and when: what {@code kandji.who_had} answers. Thread-safe; it reads alone. */
public final class AccessHistory {

    private final JdbcClient jdbc;

    /** Makes the door to the past. */
    public AccessHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is known of a period, or of there being none. */
    public enum Answer {
        /** It overlaps the time asked for. */
        HAD("had"),
        /** The first slot after the time saw it first: it may have begun in that time. */
        PERHAPS("perhaps"),
        /** The time was observed, and nobody had access. */
        NOBODY("nobody"),
        /** No slot was published in that time, nor shortly before it, or history of the time was pruned. */
        NOT_OBSERVED("not observed"),
        /** No device of the tenant ever had the serial number. */
        UNKNOWN_SERIAL("unknown serial");

        private final String code;

        Answer(String code) {
            this.code = code;
        }

        /** As the database spells it. */
        public String code() {
            return code;
        }

        /** Whether it is about a period. */
        public boolean isPeriod() {
            return this == HAD || this == PERHAPS;
        }

        static Answer ofCode(String code) {
            for (Answer answer : values()) {
                if (answer.code.equals(code)) {
                    return answer;
                }
            }
            throw new IllegalArgumentException("No answer is called " + code);
        }
    }

    /**
     * A period of access, or, in a list of its own, why there is none.
     *
     * @param deviceId the device; null where there is no period
     * @param serialNumber as the device spells it
     * @param accessType {@code assigned_user} or {@code local_account}; null where there is no period
     * @param observedBefore the last slot that did not see it yet; null when no slot before is known
     * @param validFrom the first slot that saw it; null where there is no period
     * @param observedLast the last slot that saw it; null where there is no period
     * @param validTo the first slot that did not see it any more; null while it lasts
     * @param slotsObserved how many slots were published in the time asked for
     * @param knownFrom since when the tenant's history is whole; null where nothing was pruned
     */
    public record Access(
            Answer answer,
            @Nullable String deviceId,
            @Nullable String serialNumber,
            @Nullable String accessType,
            @Nullable String userId,
            @Nullable String userEmail,
            @Nullable String userName,
            @Nullable Boolean userIsArchived,
            @Nullable String username,
            @Nullable Boolean isAdmin,
            @Nullable Instant observedBefore,
            @Nullable Instant validFrom,
            @Nullable Instant observedLast,
            @Nullable Instant validTo,
            long slotsObserved,
            @Nullable Instant knownFrom) {}

    /**
     * Who had access to the devices of a serial number.
     *
     * @param serial in whatever case
     * @param from at or after; null for since ever
     * @param to before; null for up to now
     * @return at least one
     */
    public List<Access> whoHad(String tenant, String serial, @Nullable Instant from, @Nullable Instant to) {
        return jdbc.sql(Statements.named("select-who-had"))
                .param("tenant", tenant)
                .param("serial", serial)
                .param("from", from == null ? OffsetDateTime.MIN : Timestamps.of(from))
                .param("to", to == null ? OffsetDateTime.MAX : Timestamps.of(to))
                .query(AccessHistory::access)
                .list();
    }

    private static Access access(ResultSet row, int number) throws SQLException {
        return new Access(
                Answer.ofCode(row.getString("answer")),
                row.getString("device_id"),
                row.getString("serial_number"),
                row.getString("access_type"),
                row.getString("user_id"),
                row.getString("user_email"),
                row.getString("user_name"),
                row.getObject("user_is_archived", Boolean.class),
                row.getString("username"),
                row.getObject("is_admin", Boolean.class),
                Timestamps.get(row, "observed_before"),
                Timestamps.get(row, "valid_from"),
                Timestamps.get(row, "observed_last"),
                Timestamps.get(row, "valid_to"),
                row.getLong("slots_observed"),
                Timestamps.get(row, "known_from"));
    }
}
