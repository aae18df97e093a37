package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.Answer;
import io.kandjietl.simulator.Faults;
import io.kandjietl.simulator.RequestKind;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.simulator.StockAnswer;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slot after slot of a fleet of 10,000 with both of the tenant's real limits on, on one clock that passes by sleeping in
 * it: twelve slots, and the two in which the first details come of age.
 */
@Timeout(600)
class TwelveSlotsIntegrationTests {

    private static final int DEVICES = 10_000;
    private static final int SLOTS = 14;
    private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");

    private static final Logger log = LoggerFactory.getLogger(TwelveSlotsIntegrationTests.class);

    @TempDir
    private Path folder;

    @Test
    void theShareIsKeptDetailsStayFreshAndWhatWasRemovedIsArchivedWhateverFails() {
        World calm = new World(folder.resolve("calm"), faults -> {});
        calm.live();

        assertThat(calm.tenant.requests().rateLimited()).as("no 429").isZero();
        calm.assertTrue();

        World stormy = new World(folder.resolve("stormy"), TwelveSlotsIntegrationTests::failOneInTwenty);
        stormy.live();

        assertThat(stormy.failures()).as("requests that failed").isGreaterThan(700);
        stormy.assertTrue();
        assertThat(stormy.tables()).isEqualTo(calm.tables());
        calm.close();
        stormy.close();
    }

    /** In every way that a retry mends. */
    private static void failOneInTwenty(Faults faults) {
        List<Answer> answers = Stream.concat(
                        Stream.of(
                                        StockAnswer.RATE_LIMITED,
                                        StockAnswer.SERVER_MESSAGE,
                                        StockAnswer.SERVER_ERROR,
                                        StockAnswer.HTML_BAD_GATEWAY,
                                        StockAnswer.EMPTY_UNAVAILABLE,
                                        StockAnswer.HTML_OK,
                                        StockAnswer.EMPTY_OK)
                                .map(StockAnswer::answer),
                        Stream.of(
                                Answer.of(408, "{\"message\":\"Request Timeout\"}"),
                                Answer.of(429, "{\"message\":\"API rate limit exceeded\"}")
                                        .withHeader("Retry-After", "2")))
                .toList();
        double each = 5.0 / (answers.size() + 2);
        for (int i = 0; i < answers.size(); i++) {
            faults.onAny().percent(each, i).answers(answers.get(i));
        }
        faults.onAny().percent(each, 100).truncates();
        faults.onAny().percent(each, 101).drops();
        faults.mostInARow(3);
    }

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }

    /** A tenant, an installation, and what happens to the fleet between and in the slots. */
    private static final class World {

        private final ManualClock clock = new ManualClock(BEGIN.toString());
        private final ScriptedFleet fleet = ScriptedFleet.of(
                IntStream.range(0, DEVICES).mapToObj(number -> row(number)).toArray(String[]::new));
        private final SimulatedTenant tenant =
                SimulatedTenant.builder().fleet(fleet).clock(clock).start();
        private final Consumer<Faults> faults;
        private final Installation installation;
        private final Set<String> removed = new TreeSet<>();
        private int added = DEVICES;

        World(Path folder, Consumer<Faults> faults) {
            this.faults = faults;
            this.installation =
                    new Installation(folder, tenant).with("LAKE_URI", "none").without("KANDJI_REQUESTS_PER_SECOND");
        }

        void live() {
            faults.accept(tenant.faults());
            for (int slot = 0; slot < SLOTS; slot++) {
                Instant begin = BEGIN.plus(Duration.ofHours(2L * slot));
                if (slot > 0) {
                    change(slot);
                }
                if (clock.instant().isBefore(begin)) {
                    clock.pass(Duration.between(clock.instant(), begin));
                }
                SyncReport report = ClockedSync.run(installation, clock, SyncRequest.REGULAR);
                assertThat(report.held()).isNull();
                assertThat(report.run()).isNotNull();
                log.warn(
                        "Slot {}: {} requests, details of {}, oldest {}",
                        report.slot(),
                        report.run().requestsUsed(),
                        report.run().detailsFetched(),
                        report.run().detailsOldestAsOf());
            }
        }

        /** Two in a hundred devices change, some leave for ever, some are marked as removed, some are new. */
        private void change(int slot) {
            IntStream.range(0, DEVICES / 50)
                    .map(i -> (slot * 37 + i * 50) % DEVICES)
                    .filter(number -> !removed.contains(id(number)))
                    .forEach(number -> fleet.change(id(number), row -> row.put("os_version", "16." + slot)));
            IntStream.range(0, 5).map(i -> 100 * slot + 7 + i * 11).forEach(number -> {
                removed.add(id(number));
                fleet.remove(id(number));
            });
            IntStream.range(0, 3).map(i -> 5_000 + 100 * slot + i * 13).forEach(number -> {
                removed.add(id(number));
                fleet.change(id(number), row -> row.put("is_removed", true));
            });
            IntStream.range(0, 4).forEach(i -> fleet.append(row(added++)));
            if (slot == 5) {
                String leaver = id(9);
                tenant.faults().onList().atOffset(3_000).thenRuns(() -> {
                    removed.add(leaver);
                    fleet.remove(leaver);
                });
            }
        }

        void assertTrue() {
            assertThat(installation.lines("select device_id from kandji.device where status = 'archived' order by 1"))
                    .as("archived is exactly what was removed")
                    .containsExactlyElementsOf(removed);
            assertThat(installation.lines("select count(*) from kandji.device where status = 'active'"
                            + " and (unlisted or absent_since_slot is not null)"))
                    .containsExactly("0");
            assertThat(installation.lines("select slot from kandji.sync_run where outcome <> 'published'"
                            + " or slot > '" + BEGIN.plus(Duration.ofHours(2)) + "'"
                            + " and (details_unknown > 0 or slot - details_oldest_as_of > interval '24 hours')"))
                    .as("slots with details older than a day")
                    .isEmpty();
            assertThat(installation.lines(
                            "select count(*) from kandji.device where status = 'active' and (details_as_of is null"
                                    + " or details_as_of < timestamptz '" + clock.instant()
                                    + "' - interval '24 hours')"))
                    .containsExactly("0");
            assertThat(
                            installation.lines(
                                    "select device_id || ' ' || valid_from || ' ' || first_seen_slot"
                                            + " from kandji.device_assignment join kandji.device using (tenant, device_id)"
                                            + " where access_type = 'local_account' and valid_from - first_seen_slot > interval '2 hours'"))
                    .as("accounts that are dated later than by the second slot of their device")
                    .isEmpty();
            assertThat(installation.lines("select max(requests_granted)::text from kandji.request_ledger"))
                    .containsExactly("5000");
            assertThat(installation
                            .jdbc()
                            .sql("select sum(requests_used) from kandji.sync_run")
                            .query(Long.class)
                            .single())
                    .as(
                            "each was counted; the page beyond the end of each slot's listing may be given up before it is sent")
                    .isBetween(tenant.requests().count(), tenant.requests().count() + SLOTS);
            assertThat(tenant.requests().busiestSecond()).isLessThanOrEqualTo(50);
        }

        long failures() {
            return tenant.requests().count()
                    - tenant.requests().count(RequestKind.LIST, 200)
                    - tenant.requests().count(RequestKind.DETAILS, 200)
                    - tenant.requests().count(RequestKind.DETAILS, 404);
        }

        /**
         * What readers see, without when details were answered: where the share is short they may come a slot later, are
         * dated by it, and are not known to rows that were closed by then.
         */
        List<String> tables() {
            return Stream.of(
                            "select (to_jsonb(t) - array['details_as_of', 'details_tried_at'])::text"
                                    + " from kandji.device t order by device_id",
                            "select (to_jsonb(t) - array['udid', 'model_identifier', 'is_supervised',"
                                    + " 'filevault_enabled', 'details_as_of', 'details_first_as_of'])::text"
                                    + " from kandji.device_history t order by device_id, valid_from",
                            "select (to_jsonb(t) - array['details_as_of', 'details_first_as_of'])::text"
                                    + " from kandji.device_history t where valid_to is null order by device_id",
                            "select to_jsonb(t)::text from kandji.device_assignment t"
                                    + " where access_type = 'assigned_user' order by device_id, valid_from",
                            "select (to_jsonb(t) - array['valid_from', 'changed_slot'])::text"
                                    + " from kandji.device_assignment t where access_type = 'local_account'"
                                    + " order by device_id, assignee_key, valid_from",
                            "select slot || ' ' || devices_listed || ' ' || devices_archived || ' ' || devices_absent"
                                    + " from kandji.sync_run order by slot")
                    .flatMap(sql -> installation.lines(sql).stream())
                    .toList();
        }

        void close() {
            tenant.close();
        }

        private static String row(int number) {
            return ScriptedFleet.row(id(number), row -> {
                if (number % 3 > 0) {
                    int person = number % 700;
                    row.set(
                            "user",
                            ScriptedFleet.user(
                                    "user-" + person, "person" + person + "@example.com", "Person " + person));
                }
            });
        }
    }
}
