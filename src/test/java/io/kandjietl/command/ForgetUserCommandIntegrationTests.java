package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Installation.CommandResult;
import io.kandjietl.support.ManualClock;
import io.kandjietl.support.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three slots of Zoë's Mac, which becomes Ben's, and of her spare one; Zoe Longman has nearly her name and e-mail. Zoë's id
 * changed, her record was rejected once, and her name stands in what people wrote.
 */
class ForgetUserCommandIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String D2 = "00000000-0000-4000-8000-000000000002";
    private static final String D3 = "00000000-0000-4000-8000-000000000003";
    private static final String D4 = "00000000-0000-4000-8000-000000000004";
    private static final String ID = "6f0c1a52-0000-4000-8000-0000000000e1";
    private static final String EMAIL = "zoe.long@example.com";
    private static final List<String> WORDS = List.of(EMAIL, ID, "Zoë Long", "Zo\\u00eb Long", "zlong", "Zoë’s");

    private final ManualClock clock = new ManualClock("2026-11-23T12:00:00Z");
    private final ScriptedFleet fleet = ScriptedFleet.of();
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).clock(clock).unlimited().start();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Installation installation;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path said;

    @BeforeEach
    void live() throws IOException {
        said = Files.createFile(folder.resolve("termination-log"));
        installation = new Installation(folder, tenant).with("KANDJI_TERMINATION_LOG", said.toString());
        fleet.append(
                ScriptedFleet.row(D1, row -> {
                    row.put("device_name", "Zoë’s MacBook").put("note", "given to Zoë Long");
                    row.putArray("tags").add("ZLONG").add("loan");
                    row.set("user", ScriptedFleet.user("77", EMAIL, "Zoë Long"));
                }),
                ScriptedFleet.row(D2, row -> {
                    row.put("device_name", "Zoe Longman’s Mac");
                    row.set("user", ScriptedFleet.user("78", "zoe.longman@example.com", "Zoe Longman"));
                }),
                ScriptedFleet.row(D3, row -> row.put("device_name", "Spare of Zoë Long")),
                ScriptedFleet.row(D4, row -> row.put("user", 7).put("asset_tag", "of " + EMAIL)));
        fleet.details(D1, accounts("zlong", "Zoë Long") + "");
        sync();
        fleet.change(D1, row -> row.set("user", ScriptedFleet.user(ID, EMAIL, "Zoë Long")));
        sync();
        fleet.change(
                D1,
                row -> row.put("device_name", "Ben’s MacBook")
                        .put("note", "")
                        .set("user", ScriptedFleet.user("79", "ben@example.com", "Ben Bau")));
        fleet.details(D1, accounts("bbau", "Ben Bau"));
        sync();
    }

    private static String accounts(String username, String name) {
        return "{\"general\":{},\"users\":{\"regular_users\":[{\"username\":\"" + username
                + "\",\"uid\":\"501\",\"path\":\"/Users/x\",\"admin\":\"Yes\",\"name\":\"" + name
                + "\"},{\"username\":\"admin\",\"uid\":\"502\",\"path\":\"/Users/admin\",\"admin\":\"Yes\","
                + "\"name\":\"Administrator\"}]}}";
    }

    private void sync() {
        assertThat(ClockedSync.run(installation, clock, SyncRequest.REGULAR).kind())
                .isEqualTo(SyncReport.Kind.PUBLISHED);
        clock.pass(Duration.ofHours(2));
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void thePersonIsNowhereAfterwardsAndAllElseIsAsItWas() throws Exception {
        assertThat(Traces.of(installation, WORDS)).as("she was there").hasSizeGreaterThan(8);
        List<String> before = installation.tables();
        List<String> counts = counts();

        CommandResult result = installation.run("forget-user", "--email", "Zoe.Long@EXAMPLE.com");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(Traces.of(installation, WORDS)).isEmpty();
        assertThat(result.out()).doesNotContainIgnoringCase("zoe").doesNotContain("open");
        String pseudonym = pseudonym(result.out());
        assertThat(counts()).isEqualTo(counts);
        assertThat(undone(installation.tables(), pseudonym)).isEqualTo(undone(before, pseudonym));
        assertThat(installation.lines("select distinct user_email || ' ' || user_name || ' ' || assignee_key"
                        + " from kandji.device_assignment where user_id like 'forgotten-%'"))
                .containsExactly(pseudonym + " " + pseudonym + " " + pseudonym);
        assertThat(installation.lines("select device_name from kandji.device_history order by device_id, valid_from"))
                .containsExactly(
                        pseudonym + "’s MacBook", "Ben’s MacBook", "Zoe Longman’s Mac", "Spare of " + pseudonym);
        assertThat(installation.lines("select username from kandji.device_assignment"
                        + " where access_type = 'local_account' and device_id = '" + D1 + "' order by valid_from, 1"))
                .containsExactly("admin", pseudonym, "bbau");
        assertThat(installation.lines("select pseudonym || ' ' || (rows_changed > 0) || ' ' || files_rewritten"
                        + " from kandji.erasure"))
                .containsExactly(pseudonym + " true 5");
        assertThat(installation.lines("select count(*) from kandji.erasure_in_hand"))
                .containsExactly("0");
    }

    /** The rows with her words and the pseudonym both made the same. */
    private static List<String> undone(List<String> rows, String pseudonym) {
        return rows.stream()
                .map(row -> row.replaceAll(
                        "(?i)zoë long|zoë|" + EMAIL + "|zlong|" + ID + "|(?<=\")77(?=\")|" + pseudonym, "?"))
                .sorted()
                .toList();
    }

    private List<String> counts() {
        return installation.lines("select tenant || ' ' || count(*) || ' ' || count(distinct assignee_key)"
                + " from kandji.device_assignment group by tenant, access_type order by 1");
    }

    private static String pseudonym(String out) {
        Matcher pseudonym = Pattern.compile("forgotten-[0-9a-f]{16}").matcher(out);
        assertThat(pseudonym.find()).as(out).isTrue();
        return pseudonym.group();
    }

    @Test
    void filesKeepTheirRowsAndTheirManifestsFit() throws Exception {
        List<List<String>> before = rows("assignments");
        installation.run("forget-user", "--email", EMAIL);

        assertThat(rows("assignments")).hasSameSizeAs(before);
        for (var file : installation.files().entrySet()) {
            if (file.getKey().startsWith("_manifests")) {
                String manifest =
                        new String(HexFormat.of().parseHex(file.getValue()), java.nio.charset.StandardCharsets.UTF_8);
                Matcher named = Pattern.compile(
                                "\"path\":\"([^\"]+)\",\"rows\":\\d+,\"bytes\":(\\d+),\"sha256\":\"(\\w+)\"")
                        .matcher(manifest);
                while (named.find()) {
                    byte[] bytes = Files.readAllBytes(installation.lake().resolve(named.group(1)));
                    assertThat(named.group(2)).isEqualTo(Integer.toString(bytes.length));
                    assertThat(named.group(3)).isEqualTo(sha256(bytes));
                }
            }
        }
        assertThat(rows("assignments").stream().map(row -> row.subList(0, 4)).toList())
                .as("in the order of their keys, slot by slot")
                .isSortedAccordingTo(java.util.Comparator.comparing(Object::toString));
    }

    private List<List<String>> rows(String entity) throws SQLException {
        return Traces.duckDb(
                "select slot::varchar, device_id, access_type, assignee_key from read_parquet('" + installation.lake()
                        + "/" + entity + "/*/*/*.parquet', filename = true) order by filename, file_row_number");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void aDryRunTellsWhereAndChangesNothing() throws IOException {
        List<String> tables = installation.tables();
        SortedMap<String, String> files = installation.files();

        CommandResult result = installation.run("forget-user", "--email", EMAIL, "--dry-run");

        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .contains("Would change", "kandji.device_assignment", "kandji.rejected_record", "files of the lake")
                .doesNotContainIgnoringCase("zoe")
                .doesNotContain("forgotten-");
        assertThat(installation.tables()).isEqualTo(tables);
        assertThat(installation.files()).isEqualTo(files);
        assertThat(installation
                        .run("forget-user", "--email", EMAIL, "--dry-run", "--json")
                        .out())
                .startsWith("{\"pseudonym\":null,\"rows\":{\"kandji.device_assignment\":2,")
                .endsWith("\"files\":5,\"open\":0}\n");
    }

    @Test
    void whoeverIsNowhereIsAUsageErrorThatDoesNotRepeatTheEmail() {
        assertThat(installation
                        .run("forget-user", "--email", "nobody@example.com")
                        .exitCode())
                .isEqualTo(64);
        installation.run("forget-user", "--email", EMAIL);
        assertThat(installation.run("forget-user", "--email", EMAIL).exitCode())
                .as("forgotten before")
                .isEqualTo(64);
        assertThat(installation.run("forget-user", "--email", "no e-mail").exitCode())
                .isEqualTo(64);
    }

    @Test
    void whatKandjiStillTellsComesBackAndIsSaidBefore() {
        CommandResult result = installation.run("forget-user", "--email", "ben@example.com");

        assertThat(result.out()).contains("1 of the assignments are what Kandji told last", "`sync --again`");
        sync();
        assertThat(installation.lines(
                        "select count(*) from kandji.current_assignment where user_email = 'ben@example.com'"))
                .containsExactly("1");
    }

    @Test
    void brokenOffAnywhereItEndsUnderTheSamePseudonym() throws Exception {
        for (String refused : List.of("kandji.device_assignment", "kandji.rejected_record", "kandji.device")) {
            installation.refuse("before update on " + refused);
            assertThat(installation.run("forget-user", "--email", EMAIL).exitCode())
                    .isNotZero();
            installation.refuseNoMore(refused);
            installation.leaseRunsOut();
        }
        List<String> inHand = installation.lines("select pseudonym from kandji.erasure_in_hand");
        assertThat(inHand).hasSize(1);
        assertThat(installation.run("status").out())
                .contains("An erasure that began at ", "  -> Run `forget-user` again for the same person");
        fleet.change(
                D3,
                row -> row.put("device_name", "Zoë’s spare")
                        .set("user", ScriptedFleet.user(ID, "zoe.married@example.com", "Zoë Newname")));
        sync();
        Path manifest = installation.lake().resolve("_manifests/tenant=acme/20261123T120000Z.json");
        Files.writeString(manifest, Files.readString(manifest).replaceAll("\"sha256\":\"\\w", "\"sha256\":\"-"));

        CommandResult result = installation.run("forget-user", "--email", "ben@example.com", "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(Traces.of(installation, WORDS)).as("hers is ended first").isEmpty();
        assertThat(Traces.of(installation, List.of("zoe.married@example.com", "Zoë Newname", "Newname")))
                .as("what a run told of her before it ended is hers, too")
                .isEmpty();
        assertThat(installation.run("status").out()).doesNotContain("erasure");
        assertThat(installation.lines("select pseudonym from kandji.erasure order by erased_at"))
                .hasSize(2)
                .startsWith(inHand.getFirst());
        assertThat(Files.readString(manifest))
                .as("a manifest that fits no more is mended")
                .doesNotContain("\"-");
    }

    @Test
    void anAccountThatOnlyOldFilesTellOfIsFoundThere() throws Exception {
        assertThat(installation
                        .jdbc()
                        .sql("delete from kandji.device_assignment where username = 'zlong'")
                        .update())
                .as("pruned: her period is over")
                .isEqualTo(1);
        assertThat(Traces.of(installation, List.of("zlong"))).as("but in files").isNotEmpty();

        assertThat(installation.run("forget-user", "--email", EMAIL).exitCode()).isZero();

        assertThat(Traces.of(installation, WORDS)).isEmpty();
    }

    @Test
    void aFileThatIsNoneIsNamedWithWhatToDo() throws Exception {
        Path broken =
                installation.lake().resolve("assignments/tenant=acme/slot_date=2026-11-23/20261123T140000Z.parquet");
        byte[] whole = Files.readAllBytes(broken);
        Files.writeString(broken, "no Parquet file, but one that is long enough to hold a footer");

        CommandResult result = installation.run("forget-user", "--email", EMAIL);

        assertThat(result.exitCode()).isEqualTo(73);
        assertThat(Files.readString(said))
                .contains(
                        "assignments/tenant=acme/slot_date=2026-11-23/20261123T140000Z.parquet can't be read as Parquet",
                        "Restore that file from a copy");
        Files.write(broken, whole);
        assertThat(installation.run("forget-user", "--email", EMAIL).exitCode()).isZero();
        assertThat(Traces.of(installation, WORDS)).isEmpty();
    }

    @Test
    void withoutALakeTheTablesAreEnough() throws Exception {
        installation.with("LAKE_URI", "none");
        CommandResult refused = installation.run("forget-user", "--email", EMAIL);
        assertThat(refused.exitCode()).as("she is in files").isEqualTo(78);
        assertThat(Files.readString(said))
                .contains("LAKE_URI is none, but runs of tenant 'acme' were published to a lake");
        assertThat(installation
                        .run("forget-user", "--email", EMAIL, "--dry-run")
                        .exitCode())
                .isEqualTo(78);
        assertThat(installation.lines("select count(*) from kandji.erasure_in_hand"))
                .containsExactly("0");

        assertThat(installation
                        .run("forget-user", "--email", EMAIL, "--tables-only")
                        .exitCode())
                .isZero();
        assertThat(Traces.inTables(installation, WORDS)).isEmpty();
    }
}
