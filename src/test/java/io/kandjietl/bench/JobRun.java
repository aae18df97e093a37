package io.kandjietl.bench;

import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.TestDatabase;
import io.kandjietl.support.TrainedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A whole run as a process, and what it took.
 *
 * @param devices how many the tenant lists
 * @param usage what the system says
 * @param allocated bytes of its heap
 * @param left bytes of its heap after the collection that left most
 */
record JobRun(int devices, MeasuredCommand.Usage usage, long allocated, long left) {

    /** For a million devices, which take some four minutes on two cores. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /**
     * Runs the list alone into an empty warehouse and lake, which go again.
     *
     * @throws IllegalStateException when it did not publish all of the tenant's devices, to both
     */
    static JobRun measure(Path parent, TrainedProgram program, SimulatedTenant tenant, int devices)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(parent.toAbsolutePath(), "job");
        TestDatabase database = TestDatabase.migrated();
        Installation installation =
                new Installation(folder, tenant, database).with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0");
        try {
            Path usage = folder.resolve("usage");
            Path gc = folder.resolve("gc.log");
            List<String> command = program.command(List.of(GcLog.option(gc.toString())), "sync");
            run(folder, installation, MeasuredCommand.measuring(usage, command));
            expectPublished(installation, tenant, devices);
            List<String> log = Files.readAllLines(gc);
            return new JobRun(
                    devices,
                    MeasuredCommand.Usage.of(Files.readString(usage)),
                    GcLog.allocated(log),
                    GcLog.mostLeft(log));
        } finally {
            database.drop();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void run(Path folder, Installation installation, List<String> command)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(installation.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("The run did not end well: " + Files.readString(said));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void expectPublished(Installation installation, SimulatedTenant tenant, int devices) {
        Work.expectListRequests(devices, tenant.requests().count());
        Work.expect("Devices in the warehouse", devices, number(installation, "select count(*) from kandji.device"));
        Work.expect(
                "Runs that are published and in the lake",
                1,
                number(
                        installation,
                        "select count(*) from kandji.sync_run where outcome = 'published' and lake_manifest is not null"
                                + " and devices_listed = " + devices + " and devices_rejected = 0"));
    }

    private static long number(Installation installation, String sql) {
        return installation.jdbc().sql(sql).query(Long.class).single();
    }
}
