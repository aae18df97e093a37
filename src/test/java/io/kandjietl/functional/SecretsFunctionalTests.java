package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import io.kandjietl.simulator.Answer;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.SelfSigned;
import io.kandjietl.support.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Token and password hold words that stand nowhere else. Whatever happens, and with all that the libraries tell at debug,
 * neither is found in the output, in any table, in the lake or in the termination message.
 */
class SecretsFunctionalTests {

    private static final String TOKEN = "xylophone-52d7-4a83-9a61-fd0b7f6e2c19";
    private static final String USER = "organist";
    private static final String PASSWORD = "glockenspiel";
    private static final List<String> WORDS = List.of("xylophone", PASSWORD);

    private static final String ECHO = "{\"detail\":\"Invalid token. You sent: Bearer " + TOKEN + "\"}";

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(ScriptedFleet.of(
                    ScriptedFleet.row("00000000-0000-4000-8000-000000000001"),
                    ScriptedFleet.row("00000000-0000-4000-8000-000000000002", row -> row.put("user", 4711))))
            .start();

    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeAll
    static void addUser() {
        TestDatabase.addUser(USER, PASSWORD);
    }

    @BeforeEach
    void install() throws IOException {
        tenant.acceptToken(TOKEN);
        Files.createFile(folder.resolve("termination-log"));
        installation = new Installation(folder, tenant)
                .with("KANDJI_API_TOKEN", TOKEN)
                .with("SPRING_DATASOURCE_USERNAME", USER)
                .with("SPRING_DATASOURCE_PASSWORD", PASSWORD)
                .with("LOGGING_LEVEL_ROOT", "DEBUG")
                .with("LOGGING_LEVEL_IO_KANDJIETL", "TRACE");
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void neitherIsToldInSuccessNorAfterFailuresThatPass() throws Exception {
        tenant.faults().onList().nth(1).answers(Answer.html(200, "<html>Bearer " + TOKEN + "</html>"));
        tenant.faults()
                .onList()
                .nth(2)
                .answers(Answer.of(429, ECHO).withHeader("Retry-After", "1").withHeader("X-Echo", TOKEN));
        tenant.faults().onDetails().nth(1).answers(Answer.of(500, ECHO));

        run(0, "sync");
        tenant.faults().clear();
        tenant.faults().onList().nth(1).drops();
        tenant.faults().onList().nth(2).truncates();
        run(0, "sync", "--again");
        run(0, "rejects", "--json");
        run(0, "check");
        assertThat(lake()).as("both entities are read").hasSizeGreaterThan(2);
    }

    @Test
    void neitherIsToldWhateverRefuses() throws Exception {
        tenant.faults().onAny().always().answers(Answer.of(401, ECHO));
        run(77, "check");
        tenant.faults().clear();
        refuse(77, Answer.of(401, ECHO));
        refuse(77, Answer.of(403, ECHO));
        refuse(78, Answer.of(400, ECHO));
        refuse(78, Answer.of(404, "{\"message\":\"no Route matched with those values\",\"token\":\"" + TOKEN + "\"}"));
        refuse(78, Answer.of(302, "").withHeader("Location", "http://127.0.0.1:1/?token=" + TOKEN));
        tenant.faults().onDetails().always().answers(Answer.of(403, ECHO));
        run(0, "sync", "--again");
    }

    @Test
    void neitherIsToldWhereSettingsOrServersAreWrong() throws Exception {
        installation.with("KANDJI_API_TOKEN", TOKEN + "\n" + TOKEN);
        run(78, "sync");
        installation.with("KANDJI_API_TOKEN", TOKEN);
        installation.with("SPRING_DATASOURCE_PASSWORD", PASSWORD + "5");
        run(78, "sync");
        installation.with("SPRING_DATASOURCE_PASSWORD", PASSWORD);
        String url = installation.database().url();
        installation.with("SPRING_DATASOURCE_URL", url.replace("//", "//postgres:" + PASSWORD + "@"));
        run(78, "sync");
        installation.with("SPRING_DATASOURCE_URL", url + "?password=" + PASSWORD);
        run(78, "check");
        installation.with("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/nothing");
        run(69, "sync");
        installation.with("SPRING_DATASOURCE_URL", url);
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        installation.with("LAKE_URI", "file://" + blocked + "/lake");
        run(73, "sync");
    }

    @Test
    void neitherIsToldWhereTheAddressIsWrong() throws Exception {
        HttpsServer untrusted = SelfSigned.server();
        untrusted.start();
        try {
            installation.with(
                    "KANDJI_BASE_URL",
                    "https://localhost:" + untrusted.getAddress().getPort());
            run(69, "sync");
        } finally {
            untrusted.stop(0);
        }
        installation.with("KANDJI_BASE_URL", TOKEN);
        run(78, "sync");
        installation.without("KANDJI_BASE_URL").with("KANDJI_REGION", "eu").with("KANDJI_SUBDOMAIN", TOKEN);
        run(78, "check");
    }

    private void refuse(int exitCode, Answer answer) throws Exception {
        tenant.faults().onAny().always().answers(answer);
        run(exitCode, "sync", "--again");
        tenant.faults().clear();
    }

    private void run(int exitCode, String... args) throws Exception {
        try (EtlProcess process = installation.start(args)) {
            assertThat(process.exitCode())
                    .as("%s: %s", List.of(args), lastLines(process.err()))
                    .isEqualTo(exitCode);
            assertThat(process.err()).as("logs at debug").contains("DEBUG");
            assertUntold("output", process.out());
            assertUntold("log", process.err());
        }
        assertUntold("termination message", Files.readString(folder.resolve("termination-log")));
        installation
                .files()
                .forEach((name, bytes) ->
                        assertUntold(name, new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1)));
        lake().forEach(row -> assertUntold("Parquet", row));
        for (String table : installation.lines("select format('%I.%I', table_schema, table_name)"
                + " from information_schema.tables where table_schema in ('kandji', 'batch')")) {
            for (String row : installation.lines("select t::text from " + table + " t")) {
                assertUntold(table, row);
                for (String word : row.split("[^A-Za-z0-9+/=]")) {
                    assertUntold(table, decoded(word));
                }
            }
        }
    }

    /** All rows of its files, which are compressed. */
    private List<String> lake() throws IOException, SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String file : installation.files().keySet()) {
                if (file.endsWith(".parquet")) {
                    ResultSet rows = statement.executeQuery("select t::varchar from read_parquet('"
                            + installation.lake().resolve(file) + "') t");
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    /** Spring Batch's contexts are in base 64. */
    private static String decoded(String word) {
        try {
            return new String(Base64.getDecoder().decode(word), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void assertUntold(String where, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            int at = lower.indexOf(word);
            assertThat(at < 0)
                    .as(
                            "%s tells a secret: %s",
                            where,
                            at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60)))
                    .isTrue();
        }
    }

    private static String lastLines(String text) {
        return text.substring(Math.max(0, text.length() - 1_500));
    }
}
