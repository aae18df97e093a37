package io.kandjietl.bench;

import io.kandjietl.kandji.DeviceListReader;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.TenantLease;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Days of slots on a virtual clock: which devices' details the program's own statement chooses, what that costs, and how
 * old details become. 2 % of the devices change in each slot; the share is 5,000 requests an hour, 20 a second, and
 * details may take 75 minutes, so that a slot has two hours' shares. No request is made: a chosen device counts as
 * answered at the moment at which its request would have been allowed.
 *
 * <p>Arguments: pairs of devices and slots, for example {@code 10000 36}. Prints a row of a Markdown table for each.
 */
public final class FreshnessSimulation {

    private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");
    private static final Duration SLOT = Duration.ofHours(2);
    private static final Duration MAX_AGE = Duration.ofHours(24);
    private static final int SHARE = 5_000;
    private static final int PER_SECOND = 20;
    private static final int PAGE = 300;
    /** What 75 minutes at 20 a second allow. */
    private static final long MOST = 90_000;

    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TenantLease lease =
            new TenantLease("acme", "simulation", dataSource, dataSource, LeaseTimes.STANDARD);
    private final int devices;

    private FreshnessSimulation(int devices) {
        this.devices = devices;
    }

    /** Simulates each pair of devices and slots. */
    public static void main(String[] args) {
        System.out.println(
                "| devices | days | list requests a slot | details requests a slot, first day | details requests a"
                        + " slot, last day | most requests in an hour | hours until all were looked up | oldest details, last day |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i + 1 < args.length; i += 2) {
            System.out.println(simulate(Integer.parseInt(args[i]), Integer.parseInt(args[i + 1]))
                    .row());
        }
    }

    /** Simulates so many slots of a fleet that was never looked up. */
    static Result simulate(int devices, int slots) {
        return new FreshnessSimulation(devices).run(slots);
    }

    private Result run(int slots) {
        lease.acquire();
        try (lease) {
            jdbc.sql(
                            "insert into kandji.device (tenant, device_id, os_version, status, first_seen_slot, last_seen_slot,"
                                    + " changed_slot) select 'acme', 'd-' || n, '0', 'active', :slot, :slot, :slot"
                                    + " from generate_series(1, :devices) n")
                    .param("slot", BEGIN.atOffset(ZoneOffset.UTC))
                    .param("devices", devices)
                    .update();
            jdbc.sql("vacuum analyze kandji.device").update();
            List<Slot> all = new ArrayList<>();
            for (int number = 0; number < slots; number++) {
                all.add(slot(number));
            }
            return new Result(devices, List.copyOf(all));
        }
    }

    private Slot slot(int number) {
        Run run = new Run(number + 1L, "acme", BEGIN.plus(SLOT.multipliedBy(number)));
        list(run);
        DetailsWorklist worklist = new DetailsWorklist(jdbc, jdbc, new JdbcTransactionManager(dataSource), lease, run);
        long wanted = worklist.write(run.slot().plus(SLOT).minus(MAX_AGE), MOST);
        long listRequests = DeviceListReader.requests(devices, PAGE);
        long firstHour = Math.max(0, SHARE - listRequests);
        long asked = Math.min(Math.min(wanted, MOST), firstHour + SHARE);
        Instant begin = run.slot().plusMillis(listRequests * 1_000 / PER_SECOND);
        answer(run, asked, firstHour, begin);
        Instant end = asked <= firstHour
                ? begin.plusMillis(asked * 1_000 / PER_SECOND)
                : run.slot().plus(Duration.ofHours(1)).plusMillis((asked - firstHour) * 1_000 / PER_SECOND);
        jdbc.sql("update kandji.device set os_version = staged.os_version from kandji.staged_device staged"
                        + " where device.device_id = staged.device_id and device.os_version <> staged.os_version")
                .update();
        jdbc.sql("truncate kandji.staged_device, kandji.details_worklist").update();
        if (number % 6 == 0) {
            jdbc.sql("vacuum analyze kandji.device").update();
        }
        return jdbc.sql("select count(*) filter (where details_as_of is null) as unknown,"
                        + " extract(epoch from (:end - min(details_as_of))) / 3600 as oldest from kandji.device")
                .param("end", end.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Slot(
                        listRequests,
                        asked,
                        Math.max(listRequests + Math.min(asked, firstHour), asked - Math.min(asked, firstHour)),
                        row.getLong("unknown"),
                        row.getDouble("oldest")))
                .single();
    }

    private void list(Run run) {
        jdbc.sql("insert into kandji.staged_device (run_id, position, device_id, os_version)"
                        + " select :run, row_number() over (), device_id,"
                        + " case when abs(hashtext(device_id || ' ' || :run)) % 50 = 0 then :run::text else os_version end"
                        + " from kandji.device")
                .param("run", run.runId())
                .update();
        jdbc.sql("analyze kandji.staged_device").update();
    }

    private void answer(Run run, long asked, long firstHour, Instant begin) {
        jdbc.sql("update kandji.device set details_as_of = chosen.at, details_tried_at = chosen.at from ("
                        + " select device_id, case when rank <= :firstHour"
                        + " then :begin + rank * interval '1 second' / :perSecond"
                        + " else :nextHour + (rank - :firstHour) * interval '1 second' / :perSecond end as at"
                        + " from kandji.details_worklist where run_id = :run and rank <= :asked"
                        + ") chosen where device.tenant = 'acme' and device.device_id = chosen.device_id")
                .param("firstHour", firstHour)
                .param("begin", begin.atOffset(ZoneOffset.UTC))
                .param("nextHour", run.slot().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .param("perSecond", PER_SECOND)
                .param("run", run.runId())
                .param("asked", asked)
                .update();
    }

    /**
     * What a slot cost, and what it left.
     *
     * @param mostInAnHour requests of the dearer of its two hours
     * @param unknown devices that were never looked up when it was published
     * @param oldest hours since the oldest details were answered, when it was published
     */
    record Slot(long listRequests, long detailsRequests, long mostInAnHour, long unknown, double oldest) {}

    /** The slots of a simulation. */
    record Result(int devices, List<Slot> slots) {

        private static final int DAY = 12;

        double oldestOfLastDay() {
            return slots.subList(Math.max(0, slots.size() - DAY), slots.size()).stream()
                    .mapToDouble(Slot::oldest)
                    .max()
                    .orElse(0);
        }

        long mostInAnHour() {
            return slots.stream().mapToLong(Slot::mostInAnHour).max().orElse(0);
        }

        /** The first slot after which no device was without details; -1 if there was none. */
        int completeAfter() {
            for (int i = 0; i < slots.size(); i++) {
                if (slots.get(i).unknown() == 0) {
                    return i;
                }
            }
            return -1;
        }

        private long details(int from, int to) {
            return Math.round(slots.subList(Math.max(0, from), Math.min(to, slots.size())).stream()
                    .mapToLong(Slot::detailsRequests)
                    .average()
                    .orElse(0));
        }

        String row() {
            int complete = completeAfter();
            return String.format(
                    Locale.ROOT,
                    "| %,d | %.1f | %,d | %,d | %,d | %,d | %s | %.1f h |",
                    devices,
                    slots.size() / (double) DAY,
                    slots.getFirst().listRequests(),
                    details(0, DAY),
                    details(slots.size() - DAY, slots.size()),
                    mostInAnHour(),
                    complete < 0 ? "not yet" : String.valueOf(2 * complete),
                    oldestOfLastDay());
        }
    }
}
