package io.kandjietl.warehouse;

import io.kandjietl.device.ForgottenPerson;
import io.kandjietl.device.PersonalWords;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People in the warehouse who are to be forgotten. To find and to count needs no lease; what changes rows checks it. Rows pass
 * one by one: memory does not grow with them. For one thread.
 */
public final class Erasures {

    private static final int FETCH_SIZE = 1_000;

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final TenantLease lease;
    private final String tenant;
    private final Clock clock;

    /**
     * Makes it for a tenant.
     *
     * @param dataSource takes part in {@code transaction}
     * @param lease the tenant's; it must be held to change anything
     */
    public Erasures(
            DataSource dataSource, TransactionTemplate transaction, TenantLease lease, String tenant, Clock clock) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.jdbc.getJdbcTemplate().setFetchSize(FETCH_SIZE);
        this.transaction = transaction;
        this.lease = lease;
        this.tenant = tenant;
        this.clock = clock;
    }

    /** Whom an erasure is about that was begun and not ended. */
    public Optional<ForgottenPerson> inHand() {
        return jdbc.query(Statements.named("select-erasure-in-hand"), ofTenant(), (row, number) -> person(row)).stream()
                .findFirst();
    }

    private static ForgottenPerson person(ResultSet row) throws SQLException {
        return new ForgottenPerson(
                set(row, "emails"),
                set(row, "user_ids"),
                set(row, "names"),
                set(row, "usernames"),
                set(row, "device_ids"),
                row.getString("pseudonym"));
    }

    private static Set<String> set(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return new LinkedHashSet<>(List.of((String[]) array.getArray()));
    }

    /** When an erasure of a tenant was begun that did not end; empty when there is none. */
    public static Optional<Instant> begunAt(JdbcClient jdbc, String tenant) {
        return jdbc.sql(Statements.named("select-erasure-begun"))
                .param("tenant", tenant)
                .query((row, number) -> Objects.requireNonNull(Timestamps.get(row, "begun_at")))
                .optional();
    }

    /** Whether runs of the tenant were published to a lake. */
    public boolean hasLake() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject(Statements.named("select-has-lake-manifest"), ofTenant(), Boolean.class));
    }

    /**
     * The person with all that assignments tell: of a known e-mail or id, whatever stands beside it, until nothing is new; and
     * the local accounts on the person's devices that are the person's own.
     */
    public ForgottenPerson learn(ForgottenPerson person) {
        return withAccounts(withUsers(person));
    }

    private ForgottenPerson withUsers(ForgottenPerson person) {
        ForgottenPerson known = person;
        ForgottenPerson before;
        do {
            before = known;
            List<ForgottenPerson> found = new ArrayList<>(List.of(known));
            jdbc.query(Statements.named("select-person-rows"), of(known), row -> {
                found.set(
                        0,
                        found.getFirst()
                                .with(
                                        row.getString("device_id"),
                                        row.getString("user_id"),
                                        row.getString("user_email"),
                                        row.getString("user_name")));
            });
            known = found.getFirst();
        } while (!known.equals(before));
        return known;
    }

    private ForgottenPerson withAccounts(ForgottenPerson person) {
        List<ForgottenPerson> found = new ArrayList<>(List.of(person));
        jdbc.query(Statements.named("select-accounts-of-devices"), of(person), row -> {
            String username = row.getString("username");
            if (username != null && person.isOwnAccount(username, row.getString("user_name"))) {
                found.set(0, found.getFirst().withAccount(username));
            }
        });
        return found.getFirst();
    }

    /** How many rows stand open that Kandji told last: the next runs bring back what is still so there. */
    public long countOpen(ForgottenPerson person) {
        return Objects.requireNonNull(
                jdbc.queryForObject(Statements.named("count-open-of-person"), of(person), Long.class));
    }

    /**
     * Keeps whom it is about, before anything is changed; once more, when more is known.
     *
     * @return whether it is kept; not where another erasure is in hand
     */
    public boolean begin(ForgottenPerson person) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            lease.check();
            MapSqlParameterSource begun = of(person).addValue("now", Timestamps.of(clock.instant()));
            return jdbc.update(Statements.named("begin-erasure"), begun) == 1;
        }));
    }

    /**
     * In how many rows the person is. Changes nothing.
     *
     * @return by table, those without any left out
     */
    public Map<String, Long> count(ForgottenPerson person) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Map<String, Long> rows = new LinkedHashMap<>();
            for (AssignmentTable table : AssignmentTable.values()) {
                put(
                        rows,
                        table.table(),
                        Objects.requireNonNull(jdbc.queryForObject(
                                Statements.named("count-person-in-" + table.statement()), of(person), Long.class)));
            }
            for (TextTable table : TextTable.values()) {
                put(rows, table.table(), texts(table, person, false));
            }
            return rows;
        }));
    }

    /**
     * Puts the pseudonym in the person's place wherever the person is, records that it was done, and lets go of who it was:
     * in one transaction.
     *
     * @param runBy the pod or host
     * @param files how many files of the lake were rewritten before
     * @return by table, those without any left out
     */
    public Map<String, Long> end(ForgottenPerson person, String runBy, long files) {
        return Objects.requireNonNull(transaction.execute(status -> {
            lease.check();
            Map<String, Long> rows = new LinkedHashMap<>();
            for (AssignmentTable table : AssignmentTable.values()) {
                put(
                        rows,
                        table.table(),
                        jdbc.update(Statements.named("forget-person-in-" + table.statement()), of(person)));
            }
            for (TextTable table : TextTable.values()) {
                put(rows, table.table(), texts(table, person, true));
            }
            jdbc.update(Statements.named("end-erasure-in-hand"), ofTenant());
            jdbc.update(
                    Statements.named("record-erasure"),
                    of(person)
                            .addValue("now", Timestamps.of(clock.instant()))
                            .addValue("runBy", runBy)
                            .addValue("files", files)
                            .addValue(
                                    "rows",
                                    rows.values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()));
            return rows;
        }));
    }

    private static void put(Map<String, Long> rows, String table, long count) {
        if (count > 0) {
            rows.put(table, count);
        }
    }

    private long texts(TextTable table, ForgottenPerson person, boolean change) {
        PersonalWords words = new PersonalWords(person);
        long[] count = new long[1];
        jdbc.query(Statements.named("select-texts-of-" + table.statement()), ofTenant(), row -> {
            MapSqlParameterSource texts = new MapSqlParameterSource("row", row.getString("row"));
            boolean isChanged = false;
            for (String column : table.columns()) {
                String text = row.getString(column);
                String without = TextTable.isJson(column)
                        ? words.inJson(text, row.getString("device_id"))
                        : words.inText(text, row.getString("device_id"));
                texts.addValue(column, without, java.sql.Types.VARCHAR);
                isChanged |= !Objects.equals(text, without);
            }
            if (isChanged) {
                count[0]++;
                if (change) {
                    jdbc.update(Statements.named("forget-in-" + table.statement()), texts);
                }
            }
        });
        return count[0];
    }

    private MapSqlParameterSource ofTenant() {
        return new MapSqlParameterSource("tenant", tenant);
    }

    private MapSqlParameterSource of(ForgottenPerson person) {
        return ofTenant()
                .addValue("pseudonym", person.pseudonym())
                .addValue("emails", array(person.emails()), java.sql.Types.ARRAY)
                .addValue("userIds", array(person.userIds()), java.sql.Types.ARRAY)
                .addValue("names", array(person.names()), java.sql.Types.ARRAY)
                .addValue("usernames", array(person.usernames()), java.sql.Types.ARRAY)
                .addValue("deviceIds", array(person.deviceIds()), java.sql.Types.ARRAY);
    }

    private static String[] array(Set<String> set) {
        return set.toArray(String[]::new);
    }

    /** The tables whose rows are about an assigned user or an account. */
    private enum AssignmentTable {
        ASSIGNMENTS("assignments", "kandji.device_assignment"),
        STAGED("staged-assignments", "kandji.staged_assignment");

        private final String statement;
        private final String table;

        AssignmentTable(String statement, String table) {
            this.statement = statement;
            this.table = table;
        }

        String statement() {
            return statement;
        }

        String table() {
            return table;
        }
    }
}
