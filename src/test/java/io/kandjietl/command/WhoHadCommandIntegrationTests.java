package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anna's Mac becomes Ben's: five slots of a March in which Kandji was not asked from the 3rd at noon to the 5th. */
class WhoHadCommandIntegrationTests {

    private static final String D1 = "00000000-0000-4000-8000-000000000001";
    private static final String SERIAL = "C02" + D1;

    private static final ScriptedFleet FLEET = ScriptedFleet.of(
            ScriptedFleet.row(D1, row -> row.set("user", ScriptedFleet.user("u1", "anna@example.com", "Anna Abt"))));
    private static final ManualClock CLOCK = new ManualClock("2026-03-02T22:00:00Z");
    private static final SimulatedTenant TENANT =
            SimulatedTenant.builder().fleet(FLEET).unlimited().start();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Installation installation;

    @BeforeAll
    static void live(@TempDir Path folder) {
        installation =
                new Installation(folder, TENANT).with("LAKE_URI", "none").with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0");
        sync();
        CLOCK.pass(Duration.ofHours(2));
        sync();
        FLEET.change(D1, row -> row.set("user", ScriptedFleet.user("u2", "ben@example.com", "Ben Bau")));
        CLOCK.pass(Duration.ofHours(12));
        sync();
        FLEET.change(D1, row -> row.put("user", ""));
        CLOCK.pass(Duration.ofHours(36));
        sync();
        CLOCK.pass(Duration.ofHours(24));
        sync();
    }

    @AfterAll
    static void close() {
        TENANT.close();
    }

    @Test
    void itTellsADayWithTheSlotsBetweenWhichThingsChanged() {
        assertThat(whoHad(SERIAL.toLowerCase(java.util.Locale.ROOT), "--on", "2026-03-03"))
                .contains(
                        "Serial number " + SERIAL + " of tenant acme, on 2026-03-03, the whole day; times in UTC",
                        "Anna Abt, anna@example.com",
                        "by 2026-03-02 22:00, the first slot",
                        "2026-03-03 00:00 - 2026-03-03 12:00",
                        "Ben Bau, ben@example.com",
                        "2026-03-03 12:00 - 2026-03-05 00:00",
                        "Observed on that day: 2 slots")
                .doesNotContain("Perhaps", "Known up to");
    }

    @Test
    void theDayIsOneOfTheZone() {
        assertThat(whoHad(SERIAL, "--on", "2026-03-03", "--zone", "Asia/Tokyo"))
                .as("from 2 March 15:00Z to 3 March 15:00Z")
                .contains(
                        "times in Asia/Tokyo", "2026-03-03 09:00 - 2026-03-03 21:00", "Observed on that day: 3 slots");
        assertThat(whoHad(SERIAL, "--on", "2026-03-02", "--zone", "-10:00"))
                .as("from 2 March 10:00Z to 3 March 10:00Z: Ben may have had it already")
                .contains("Anna Abt", "Perhaps also Ben Bau, ben@example.com: first seen at 2026-03-03 02:00");
    }

    @Test
    void aDayThatNobodyLookedAtIsToldAsSuch() {
        assertThat(whoHad(SERIAL, "--on", "2026-03-04"))
                .contains(
                        "Ben Bau", "Observed on that day: 0 slots: what stands here was so at the last slot before it");
        assertThat(whoHad(SERIAL, "--on", "2026-03-01")).contains("Not observed: no slot was published then");
        assertThat(whoHad(SERIAL, "--on", "2026-03-05")).contains("Nobody had access to it then");
        assertThat(whoHad("C02NONE")).contains("Unknown serial: no device of this tenant ever had that serial number");
    }

    @Test
    void allThatIsKnownEndsWithTheNewestSlot() {
        assertThat(whoHad(SERIAL))
                .contains("all that is known; times in UTC", "Anna Abt", "Ben Bau")
                .contains("Known up to the newest published slot, 2026-03-06 00:00");
        assertThat(whoHad(SERIAL, "--on", "2026-03-06"))
                .contains("Nobody", "Known up to the newest published slot, 2026-03-06 00:00");
    }

    @Test
    void asJsonItGivesALineAnAnswer() {
        assertThat(whoHad(SERIAL, "--on", "2026-03-03", "--json").lines())
                .containsExactly(
                        "{\"answer\":\"had\",\"tenant\":\"acme\",\"serial_number\":\"" + SERIAL
                                + "\",\"on\":\"2026-03-03\",\"zone\":\"UTC\",\"slots_observed\":2,\"device_id\":\"" + D1
                                + "\",\"access_type\":\"assigned_user\",\"user_id\":\"u1\","
                                + "\"user_email\":\"anna@example.com\",\"user_name\":\"Anna Abt\","
                                + "\"user_is_archived\":false,\"username\":null,\"is_admin\":null,"
                                + "\"observed_before\":null,\"valid_from\":\"2026-03-02T22:00:00Z\","
                                + "\"observed_last\":\"2026-03-03T00:00:00Z\",\"valid_to\":\"2026-03-03T12:00:00Z\","
                                + "\"known_from\":null}",
                        "{\"answer\":\"had\",\"tenant\":\"acme\",\"serial_number\":\"" + SERIAL
                                + "\",\"on\":\"2026-03-03\",\"zone\":\"UTC\",\"slots_observed\":2,\"device_id\":\"" + D1
                                + "\",\"access_type\":\"assigned_user\",\"user_id\":\"u2\","
                                + "\"user_email\":\"ben@example.com\",\"user_name\":\"Ben Bau\","
                                + "\"user_is_archived\":false,\"username\":null,\"is_admin\":null,"
                                + "\"observed_before\":\"2026-03-03T00:00:00Z\","
                                + "\"valid_from\":\"2026-03-03T12:00:00Z\","
                                + "\"observed_last\":\"2026-03-03T12:00:00Z\",\"valid_to\":\"2026-03-05T00:00:00Z\","
                                + "\"known_from\":null}");
        assertThat(whoHad("C02NONE", "--json")).startsWith("{\"answer\":\"unknown serial\",\"tenant\":\"acme\"");
    }

    @Test
    void whatCannotBeAskedIsAUsageErrorThatSaysHow() {
        assertThat(installation.run("who-had", SERIAL, "--on", "2999-01-01").exitCode())
                .isEqualTo(64);
        assertThat(installation.run("who-had", SERIAL, "--on", "3 March").err())
                .contains("'3 March' is no date: write it in ISO 8601, for example 2026-03-03");
        assertThat(installation.run("who-had", SERIAL, "--zone", "Berlin").err())
                .contains("'Berlin' is no time zone: write UTC, an offset like +01:00, or a name like Europe/Berlin");
        assertThat(installation.run("who-had", " ").exitCode()).isEqualTo(64);
    }

    private static void sync() {
        assertThat(ClockedSync.run(installation, CLOCK, SyncRequest.REGULAR).kind())
                .isEqualTo(SyncReport.Kind.PUBLISHED);
    }

    private static String whoHad(String... args) {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("who-had"), java.util.stream.Stream.of(args))
                .toArray(String[]::new);
        Installation.CommandResult result = installation.run(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }
}
