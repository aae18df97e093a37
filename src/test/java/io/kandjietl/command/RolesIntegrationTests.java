package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of {@code sql/roles/roles.sql}: what each may, and above all what it may not. */
class RolesIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";

    private final ScriptedFleet fleet = ScriptedFleet.of(
            ScriptedFleet.row(D1, row -> {
                row.put("device_name", "Anna's Mac");
                row.set("user", ScriptedFleet.user("u1", "anna@example.com", "Anna Abt"));
            }),
            "17");
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).unlimited().start();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Installation installation;

    @BeforeEach
    void makeRoles() throws Exception {
        installation = new Installation(folder, tenant, TestDatabase.migrated());
        runScript();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void theJobsRoleIsEnoughForEveryCommandButMigrate() throws Exception {
        Installation job = as("roles_job", "kandji_job").with("KANDJI_MIGRATE_ON_START", "false");

        assertThat(job.run("sync").exitCode()).isZero();
        assertThat(job.run("check").out()).contains("the role roles_job may write what a run writes");
        assertThat(job.run("status").exitCode()).isZero();
        assertThat(job.run("rejects").out()).contains("1 records");
        assertThat(job.run("who-had", "C02" + D1).out()).contains("Anna Abt");
        assertThat(job.run("accept-archival").exitCode()).isZero();
        assertThat(job.run("restart").exitCode()).isZero();
        assertThat(job.run("sync", "--again").exitCode()).isZero();
        assertThat(job.run("forget-user", "--email", "anna@example.com").exitCode())
                .isZero();
        job.with("KANDJI_RETENTION_HISTORY", "7d")
                .with("KANDJI_RETENTION_RUNS", "7d")
                .with("KANDJI_RETENTION_LAKE", "7d");
        assertThat(job.run("prune").exitCode()).isZero();
    }

    @Test
    void theJobsRoleChangesNoTableAndReadsNoKey() throws Exception {
        assertMayNot(
                "kandji_job",
                "create table kandji.mine (id int)",
                "alter table kandji.device add column mine text",
                "drop table kandji.device",
                "truncate kandji.device",
                "select * from kandji.hash_key",
                "update kandji.flyway_schema_history set success = false",
                "create schema mine");
    }

    @Test
    void theStatusRoleSeesRunsAlone() throws Exception {
        installation.run("sync");

        assertThat(as("roles_status", "kandji_status").run("status").out())
                .contains("published", "Newest published slot");
        assertMay(
                "kandji_status",
                "select cause from kandji.run_status",
                "select * from batch.batch_job_execution",
                "select tenant, begun_at from kandji.erasure_in_hand");
        assertMayNot(
                "kandji_status",
                "select * from kandji.device",
                "select * from kandji.active_device",
                "select * from kandji.device_assignment",
                "select * from kandji.device_at('acme', now())",
                "select * from kandji.rejected_record",
                "select emails from kandji.erasure_in_hand",
                "delete from batch.batch_job_execution",
                "update kandji.sync_run set cause = null");
    }

    @Test
    void aReaderAsksAndChangesNothing() throws Exception {
        installation.run("sync");

        assertThat(as("roles_reader", "kandji_reader")
                        .run("who-had", "C02" + D1)
                        .out())
                .contains("Anna Abt");
        assertMay(
                "kandji_reader",
                "select assigned_user_email from kandji.active_device",
                "select * from kandji.current_assignment",
                "select * from kandji.stale_device",
                "select * from kandji.run_status",
                "select * from kandji.device_at('acme', now())",
                "select * from kandji.who_had('acme', 'C02', null, null)");
        assertMayNot(
                "kandji_reader",
                "select payload from kandji.rejected_record",
                "select * from kandji.hash_key",
                "select * from kandji.staged_device",
                "select * from batch.batch_job_execution",
                "update kandji.device set device_name = 'mine'",
                "delete from kandji.device_history",
                "insert into kandji.sync_run (run_id, tenant, slot, outcome, run_by, started_at)"
                        + " values (1, 'x', now(), 'published', 'x', now())",
                "create table kandji.mine (id int)");
    }

    @Test
    void aPseudonymousReaderSeesHashesAndNothingBehindThem() throws Exception {
        installation.run("sync");

        assertMay(
                "kandji_pseudonymous_reader",
                "select * from kandji.pseudonymous_device_history",
                "select * from kandji.pseudonymous_assignment",
                "select slot from kandji.sync_run where outcome = 'published'");
        assertMayNot(
                "kandji_pseudonymous_reader",
                "select * from kandji.device",
                "select * from kandji.active_device",
                "select * from kandji.device_assignment",
                "select * from kandji.current_assignment",
                "select * from kandji.hash_key",
                "select cause from kandji.sync_run",
                "select * from kandji.who_had('acme', 'C02', null, null)",
                "select * from kandji.device_at('acme', now())",
                "select * from kandji.rejected_record",
                "update kandji.pseudonymous_device_history set platform = 'mine'");
        for (String view : List.of("pseudonymous_device", "pseudonymous_device_history", "pseudonymous_assignment")) {
            assertThat(installation.lines("select to_jsonb(v)::text from kandji." + view + " v"))
                    .as(view)
                    .isNotEmpty()
                    .allSatisfy(row ->
                            assertThat(row).doesNotContainIgnoringCase("anna").doesNotContain("\"u1\""));
        }
        assertThat(installation.lines("select count(*) from kandji.pseudonymous_device device"
                        + " join kandji.pseudonymous_assignment access"
                        + " on access.user_id_hash = device.assigned_user_id_hash"
                        + " where length(access.user_email_hash) = 32"))
                .as("the same person has the same hash")
                .containsExactly("1");
    }

    @Test
    void theHashIsAnotherWithAnotherKey() {
        installation.run("sync");
        List<String> before =
                installation.lines("select user_email_hash from kandji.pseudonymous_assignment order by 1");
        installation
                .jdbc()
                .sql("update kandji.hash_key set inner_key = uuid_send(gen_random_uuid())")
                .update();

        assertThat(installation.lines("select user_email_hash from kandji.pseudonymous_assignment order by 1"))
                .isNotEqualTo(before);
    }

    @Test
    void theScriptMayBeRunAgain() throws Exception {
        runScript();

        assertMay("kandji_reader", "select * from kandji.device");
    }

    private void runScript() throws IOException, SQLException {
        try (Connection connection = installation.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of("sql/roles/roles.sql")));
        }
    }

    private Installation as(String login, String role) {
        JdbcClient jdbc = installation.jdbc();
        if (jdbc.sql("select count(*) from pg_roles where rolname = :login")
                        .param("login", login)
                        .query(Integer.class)
                        .single()
                == 0) {
            jdbc.sql("create role " + login + " login in role " + role).update();
        }
        return new Installation(folder, tenant, installation.database()).with("SPRING_DATASOURCE_USERNAME", login);
    }

    private void assertMay(String role, String... statements) throws SQLException {
        for (String sql : statements) {
            assertThatCode(() -> execute(role, sql)).as(role + ": " + sql).doesNotThrowAnyException();
        }
    }

    private void assertMayNot(String role, String... statements) {
        for (String sql : statements) {
            assertThatThrownBy(() -> execute(role, sql))
                    .as(role + ": " + sql)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
        }
    }

    /** Rolled back: nothing is changed by who may. */
    private void execute(String role, String sql) throws SQLException {
        try (Connection connection = installation.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local role " + role);
            statement.execute(sql);
            connection.rollback();
        }
    }
}
