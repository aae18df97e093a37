package io.kandjietl.image;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.Installation;
import io.kandjietl.support.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command line against a simulated tenant, a database and a lake of its own, and ends with its exit code: so an image's build
 * trains a JVM on a real run, wherever the program and its JVM are, and an image can be tried and measured.
 */
public final class SimulatedRun {

    private SimulatedRun() {}

    /**
     * Takes the command line, its JVM first; {@code -Dsimulated.devices=300} is how many devices there are.
     * {@code -Dsimulated.tls=true} has the tenant answer over TLS, as Kandji does, and the JVM trust it.
     */
    public static void main(String[] words) throws Exception {
        Path folder = Files.createTempDirectory("simulated-run");
        List<String> command = new ArrayList<>(List.of(words));
        SimulatedTenant.Builder simulated = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder()
                        .size(Integer.getInteger("simulated.devices", 300))
                        .build())
                .unlimited();
        if (Boolean.getBoolean("simulated.tls")) {
            SelfSigned certificate = SelfSigned.in(folder);
            simulated.tls(certificate.context());
            command.addAll(1, certificate.trust());
        }
        try (SimulatedTenant tenant = simulated.start()) {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(new Installation(folder, tenant).environment());
            Instant start = Instant.now();
            int code = builder.start().waitFor();
            tenant.requests().latest().stream()
                    .findFirst()
                    .ifPresent(first -> System.err.println("First request after "
                            + Duration.between(start, first.at()).toMillis() + " ms"));
            System.exit(code);
        }
    }
}
