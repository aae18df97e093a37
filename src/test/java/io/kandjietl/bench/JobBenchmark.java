package io.kandjietl.bench;

import io.kandjietl.bench.Figure.Target;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.TrainedProgram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The whole job as a process, by the size of the fleet, beside the smallest size: list, staging, warehouse and lake, without
 * details and without a delay, as an installation's first. The tenant and PostgreSQL run beside it on the same cores, so wall time is
 * all of theirs; processor time and memory are the program's alone ({@link MeasuredCommand}), allocated bytes those of its heap
 * ({@link GcLog}).
 *
 * <p>The peak of a small fleet is mostly what the JVM's options have it touch, whatever the fleet; what grows with the fleet shows in
 * what collections leave.
 *
 * <p>Start is part of it, and of the smallest size's figures more than of others. Whether time is linear is told by what each
 * further device takes, from one size to the next, beside what it takes from the smallest to the second.
 */
final class JobBenchmark implements Benchmark {

    private static final double PER_UNIT = 10_000;
    private static final String PER_10_000 = "s per 10,000";
    private static final double MEBIBYTE = 1 << 20;
    private static final String MEBIBYTES = "MiB";

    @Override
    public String name() {
        return "job";
    }

    @Override
    public void run(BenchmarkOptions options, BenchmarkReport report) throws Exception {
        TrainedProgram program = ImageProgram.of(options);
        int smallest = options.devices().getFirst();
        Map<Integer, List<JobRun>> runs = new TreeMap<>();
        measure(options, program, smallest);
        for (int sample = 0; sample < options.samples(); sample++) {
            for (int devices : options.devices()) {
                runs.computeIfAbsent(devices, size -> new ArrayList<>()).add(measure(options, program, devices));
            }
        }
        List<JobRun> reference = runs.getOrDefault(smallest, List.of());
        for (Map.Entry<Integer, List<JobRun>> size : runs.entrySet()) {
            add(report, size.getKey(), size.getValue(), smallest, reference);
        }
        List<Integer> sizes = List.copyOf(runs.keySet());
        for (int i = 2; i < sizes.size(); i++) {
            addFurther(report, sizes.subList(i - 1, i + 1), sizes.subList(0, 2), runs);
        }
    }

    /** What further devices take: sample by sample, because the runs of a sample followed one another. */
    private static void addFurther(
            BenchmarkReport report, List<Integer> sizes, List<Integer> before, Map<Integer, List<JobRun>> runs)
            throws Exception {
        report.add(new Figure(
                String.format(
                        Locale.ROOT,
                        "job, list only, from %,d to %,d devices: time",
                        sizes.getFirst(),
                        sizes.getLast()),
                PER_10_000,
                further(sizes, runs),
                String.format(Locale.ROOT, "from %,d to %,d devices", before.getFirst(), before.getLast()),
                further(before, runs),
                Target.atMost(1.1)));
    }

    private static Samples further(List<Integer> sizes, Map<Integer, List<JobRun>> runs) {
        List<JobRun> small = runs.getOrDefault(sizes.getFirst(), List.of());
        List<JobRun> large = runs.getOrDefault(sizes.getLast(), List.of());
        return new Samples(IntStream.range(0, small.size())
                .mapToDouble(
                        i -> (large.get(i).usage().wall() - small.get(i).usage().wall())
                                / (sizes.getLast() - sizes.getFirst())
                                * PER_UNIT)
                .toArray());
    }

    private static JobRun measure(BenchmarkOptions options, TrainedProgram program, int devices) throws Exception {
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(devices)
                        .badPerThousand(0)
                        .frozenAt(Instant.parse("2026-11-23T12:00:00Z"))
                        .build())
                .unlimited()
                .start()) {
            return JobRun.measure(options.folder(), program, tenant, devices);
        }
    }

    private static void add(
            BenchmarkReport report, int devices, List<JobRun> runs, int smallest, List<JobRun> reference)
            throws Exception {
        String job = String.format(Locale.ROOT, "job, list only, %,d devices: ", devices);
        String beside = String.format(Locale.ROOT, "%,d devices", smallest);
        ToDoubleFunction<JobRun> peak = run -> run.usage().peak() / MEBIBYTE;
        if (devices > smallest) {
            Column time = new Column("time", PER_10_000, null);
            report.add(
                    time.figure(job, beside, runs, reference, run -> run.usage().wall() / run.devices() * PER_UNIT));
            Column cpu = new Column("processor time", PER_10_000, null);
            report.add(
                    cpu.figure(job, beside, runs, reference, run -> run.usage().cpu() / run.devices() * PER_UNIT));
            Column allocated = new Column("allocated", "bytes a device", null);
            report.add(allocated.figure(job, beside, runs, reference, run -> run.allocated() / (double) run.devices()));
            Column left = new Column("heap that a collection left, most", MEBIBYTES, null);
            report.add(left.figure(job, beside, runs, reference, run -> run.left() / MEBIBYTE));
            Column memory = new Column("peak memory", MEBIBYTES, Target.atMost(1.2));
            report.add(memory.figure(job, beside, runs, reference, peak));
        }
        report.add(new Figure(
                job + "peak memory, highest of all samples",
                MEBIBYTES,
                new Samples(samples(runs, peak).max()),
                "the container's memory",
                new Samples(ImageProgram.BUDGET_MEBIBYTES),
                Target.atMost(1)));
    }

    private static Samples samples(List<JobRun> runs, ToDoubleFunction<JobRun> figure) {
        return new Samples(runs.stream().mapToDouble(figure).toArray());
    }

    /** What is told of each size. */
    private record Column(
            String name, String unit, @Nullable Target target) {

        Figure figure(
                String job, String beside, List<JobRun> runs, List<JobRun> reference, ToDoubleFunction<JobRun> figure) {
            return new Figure(job + name, unit, samples(runs, figure), beside, samples(reference, figure), target);
        }
    }
}
