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
 * so in half the time; theirs is made once a JVM.
 */
public final class TrainedProgram {

    /** What a test's JVM has: most of what a short run takes is its start, and without the second compiler it takes less. */
    static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final List<String> cache;
    private final List<String> program;

    private TrainedProgram(Path cache, List<String> program) {
        this.cache = List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off");
        this.program = program;
    }

    /**
     * Extracts a jar and trains it on a whole run.
     *
     * @param folder what is made goes there; what is there from another time is replaced
     * @param training options for the JVM of the run that trains it alone
     * @param options options for every JVM that runs it
     */
    public static TrainedProgram train(Path jar, Path folder, List<String> training, List<String> options) {
        Path app = folder.resolve("app");
        Path cache = folder.resolve("run.aot");
        List<String> program = program(options, app.resolve(String.valueOf(jar.getFileName())));
        try {
            train(jar, folder, training, cache, app, program);
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to train the program", e);
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("The trained run left no " + cache);
        }
        return new TrainedProgram(cache, program);
    }

    private static void train(Path jar, Path folder, List<String> training, Path cache, Path app, List<String> program)
            throws IOException {
        SelfSigned certificate =
                SelfSigned.in(folder); // Kandji answers over TLS, so the cache is to hold what that takes.
        try (SimulatedTenant tenant = SimulatedTenant.builder()
                .fleet(SimulatedFleet.builder().size(50).build())
                .unlimited()
                .tls(certificate.context())
                .start()) {
            Files.deleteIfExists(cache);
            List<String> extract = List.of(
                    "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", app.toString());
            run(folder, Map.of(), extract);
            List<String> train = new ArrayList<>(training);
            train.addAll(certificate.trust());
            train.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off"));
            train.addAll(program);
            train.add("sync");
            run(folder, new Installation(Files.createTempDirectory(folder, "run"), tenant).environment(), train);
        }
    }

    /** A command line that starts it, JVM and all, with more options for the JVM. */
    public List<String> command(List<String> jvm, String... args) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(jvm);
        command.addAll(cache);
        command.addAll(program);
        command.addAll(List.of(args));
        return List.copyOf(command);
    }

    /** The same without the cache. */
    public List<String> commandWithoutCache(List<String> jvm, String... args) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(jvm);
        command.addAll(program);
        command.addAll(List.of(args));
        return List.copyOf(command);
    }

    /** The tests' own. */
    static TrainedProgram ofTests() {
        return OfTests.INSTANCE;
    }

    static Path jar() {
        return Path.of(System.getProperty("kandji-etl.jar"));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The JVM's words that run a jar. */
    static List<String> program(Path jar) {
        return program(QUIET, jar);
    }

    private static List<String> program(List<String> options, Path jar) {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(words);
    }

    private static void run(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(arguments);
        Path said = folder.resolve("said.txt");
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

    private static final class OfTests {
        static final TrainedProgram INSTANCE = train(jar(), jar().resolveSibling("trained"), SMALL, QUIET);
    }
}
