package io.kandjietl.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a process of its own, with the environment that a test gives it and nothing else. Its output
 * goes to files, so that it never waits for a reader. Closing it kills it.
 */
public final class EtlProcess implements AutoCloseable {

    private static final long MOST_SECONDS = 600;

    private final Process process;
    private final Path out;
    private final Path err;

    private EtlProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param folder where its output goes
     * @param environment all that it finds in its environment
     * @param args the command and its options
     */
    public static EtlProcess start(Path folder, Map<String, String> environment, String... args) {
        return start(folder, environment, TrainedProgram.SMALL, args);
    }

    /** Starts the jar itself, as it is. */
    public static EtlProcess startJar(Path folder, Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>(List.of(TrainedProgram.java()));
        command.addAll(TrainedProgram.program(TrainedProgram.jar()));
        command.addAll(List.of(args));
        return start(folder, environment, command);
    }

    /** Starts it with options for the JVM. */
    public static EtlProcess start(Path folder, Map<String, String> environment, List<String> jvm, String... args) {
        return start(folder, environment, List.of(), jvm, args);
    }

    /**
     * Starts it so that it can write no file beyond a size: what comes after it fails, as on a full disk.
     *
     * @param kilobytes for any file, its own libraries' included
     */
    public static EtlProcess startWithSmallFiles(
            Path folder, Map<String, String> environment, int kilobytes, String... args) {
        // In blocks of 512 bytes (POSIX, ulimit). What the JVM maps for its own statistics is left out.
        List<String> shell = List.of("/bin/sh", "-c", "ulimit -f " + 2 * kilobytes + "; exec \"$@\"", "sh");
        return start(folder, environment, shell, TrainedProgram.SMALL, args);
    }

    private static EtlProcess start(
            Path folder, Map<String, String> environment, List<String> prefix, List<String> jvm, String... args) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(TrainedProgram.ofTests().command(jvm, args));
        return start(folder, environment, command);
    }

    private static EtlProcess start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new EtlProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to start the program", e);
        }
    }

    /** Waits for its end and gives its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running after " + MOST_SECONDS + " seconds: " + err());
        }
        return process.exitValue();
    }

    /** Asks it to end as {@code kill} does, and Kubernetes: with SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Stops it where it stands, as a machine does that is suspended. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("Unable to send " + name);
        }
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** What it wrote to standard output up to now. */
    public String out() {
        return read(out);
    }

    /** What it wrote to standard error up to now. */
    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to read " + file, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
