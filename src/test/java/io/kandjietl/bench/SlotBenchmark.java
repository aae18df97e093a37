package io.kandjietl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A slot as most are, beside an installation's first: the settings that ship, 2 % of the devices changed since the slot before,
 * and details of all ages ({@link SteadyPolicy}). How many requests each makes is checked against what is documented of the
 * policy; the first one's share of two clock hours does not suffice for all of a large fleet's details.
 *
 * <p>The clock is theirs: what the rate and the hour's budget make them wait for is no part of the time, which is what the
 * program, the simulated tenant and PostgreSQL are busy, a start of the application included. Both run in this process.
 */
final class SlotBenchmark implements Benchmark {

    private static final int MOST = 100_000;
    private static final int SHARE_OF_A_SLOT = 10_000;
    private static final String MEBIBYTES = "MiB";

    @Override
    public String name() {
        return "slot";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        List<Integer> sizes = options.devicesUpTo(MOST);
        if (sizes.isEmpty()) {
            return;
        }
        int devices = sizes.getLast();
        List<SlotCost> steady = new ArrayList<>();
        List<SlotCost> first = new ArrayList<>();
        SteadyPolicy policy = new SteadyPolicy(devices);
        try (SteadyTenant living = new SteadyTenant(options.folder(), devices)) {
            living.loadAsOfLong(policy.answered());
            // The first of each does not count.
            for (int slot = 1; slot <= options.samples() + 1; slot++) {
                steady.add(steady(living, devices, policy.wanted(slot), slot));
                first.add(first(options, devices));
            }
        }
        add(report, devices, steady.subList(1, steady.size()), first.subList(1, first.size()));
    }

    private static SlotCost steady(SteadyTenant living, int devices, int wanted, int slot) throws Exception {
        if (wanted + Work.mostListRequests(devices) > SHARE_OF_A_SLOT) {
            throw new IllegalStateException("A slot of " + devices + " devices wants " + wanted
                    + " details, more than its share has: take fewer devices");
        }
        long changes = IntStream.range(0, devices)
                .filter(device -> KnownFleet.changes(device, slot))
                .count();
        SlotCost cost = living.run(slot);
        cost.expect(devices, changes, 0);
        Work.expect("Requests for details", wanted, cost.details());
        return cost;
    }

    private static SlotCost first(BenchmarkOptions options, int devices) throws Exception {
        try (SteadyTenant fresh = new SteadyTenant(options.folder(), devices)) {
            SlotCost cost = fresh.run(0);
            cost.expect(devices, devices, devices);
            Work.expectBetween(
                    "Requests for details",
                    Math.min(devices, SHARE_OF_A_SLOT - Work.mostListRequests(devices)),
                    Math.min(devices, SHARE_OF_A_SLOT - Work.pages(devices)),
                    cost.details());
            return cost;
        }
    }

    private static void add(BenchmarkReport report, int devices, List<SlotCost> steady, List<SlotCost> first)
            throws Exception {
        String slot = String.format(Locale.ROOT, "steady slot, %,d devices: ", devices);
        report.add(figure(slot + "requests", "requests", steady, first, SlotCost::requests));
        report.add(figure(slot + "received", MEBIBYTES, steady, first, cost -> mebibytes(cost.bytes())));
        report.add(figure(
                slot + "rows written",
                "rows",
                steady,
                first,
                cost -> cost.rows().all()));
        report.add(figure(
                slot + "new periods", "rows", steady, first, cost -> cost.rows().periods()));
        report.add(figure(slot + "write-ahead log", MEBIBYTES, steady, first, cost -> mebibytes(cost.logged())));
        report.add(figure(slot + "tables and indexes", MEBIBYTES, steady, first, cost -> mebibytes(cost.stored())));
        report.add(figure(slot + "time", "s", steady, first, SlotCost::seconds));
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    private static Figure figure(
            String subject,
            String unit,
            List<SlotCost> steady,
            List<SlotCost> first,
            ToDoubleFunction<SlotCost> figure) {
        return new Figure(
                subject,
                unit,
                new Samples(steady.stream().mapToDouble(figure).toArray()),
                "the first load",
                new Samples(first.stream().mapToDouble(figure).toArray()),
                null);
    }
}
