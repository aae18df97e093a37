package io.kandjietl.support;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packaged program as the image holds it: extracted, with an AOT cache of a whole run. Tests start it some hundred times, and
 * so in half the time. Made once a JVM.
 */
final class TrainedProgram {

    /** What a test's JVM has: most of what a short run takes is its start, and without the second compiler it takes less. */
    static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final Path FOLDER = jar().resolveSibling("trained");
    private static final Path CACHE = FOLDER.resolve("run.aot");

    /** The JVM's words that start it, before the command. */
    static final List<String> ARGUMENTS = train();

    private TrainedProgram() {}

    static Path jar() {
        return Path.of(System.getProperty("kandji-etl.jar"));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> train() {
        Path extracted = FOLDER.resolve("app").resolve(String.valueOf(jar().getFileName()));
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(50).build())
                .unlimited()
                .start()) {
            Files.createDirectories(FOLDER);
            run(
                    Map.of(),
                    "-Djarmode=tools",
                    "-jar",
                    jar().toString(),
                    "extract",
                    "--force",
                    "--destination",
                    FOLDER.resolve("app").toString());
            List<String> command = new ArrayList<>(SMALL);
            command.addAll(List.of("-XX:AOTCacheOutput=" + CACHE, "-Xlog:aot=off"));
            command.addAll(program(extracted));
            command.add("sync");
            Path folder = Files.createTempDirectory(FOLDER, "run");
            run(new Installation(folder, tenant).environment(), command.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to train the program", e);
        }
        if (!Files.exists(CACHE)) {
            throw new IllegalStateException("The trained run left no " + CACHE);
        }
        List<String> arguments = new ArrayList<>(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off"));
        arguments.addAll(program(extracted));
        return List.copyOf(arguments);
    }

    static List<String> program(Path jar) {
        return List.of(
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", jar.toString());
    }

    private static void run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(arguments));
        Path said = FOLDER.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IOException("ended with " + code + ": " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
