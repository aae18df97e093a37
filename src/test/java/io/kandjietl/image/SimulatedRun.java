package io.kandjietl.image;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a command line against a simulated tenant of 300 devices, a database and a lake of its own, and ends with its exit code:
 * so an image's build trains a JVM on a real run, wherever the program and its JVM are.
 */
public final class SimulatedRun {

    private SimulatedRun() {}

    /** Takes the command line, JVM and all. */
    public static void main(String[] command) throws Exception {
        Path folder = Files.createTempDirectory("simulated-run");
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(300).build())
                .unlimited()
                .start()) {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(new Installation(folder, tenant).environment());
            System.exit(builder.start().waitFor());
        }
    }
}
