package io.kandjietl.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A command as a child of a small process of its own, which asks the system when it has ended what it took: what {@code time}
 * does, where there is none. {@code getrusage} of ended children is exact, and needs nobody to look in time; but it sums the
 * processor's time up, and keeps the largest memory, over all children of a process: hence one process for one command. Its own
 * memory, some 40 MB, is the least peak that it can tell.
 */
final class MeasuredCommand {

    private static final int ENDED_CHILDREN = -1;

    /** Of {@code struct rusage} where long has 64 bits: two times of seconds and microseconds, the peak, and more. */
    private static final int SIZE = 144;

    private static final int SYSTEM_TIME = 16;
    private static final int PEAK = 32;

    private MeasuredCommand() {}

    /** Takes the file that the result goes to, and the command. Ends with the command's exit code. */
    public static void main(String[] args) throws Throwable {
        List<String> command = List.of(args).subList(1, args.length);
        long start = System.nanoTime();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        Usage usage = usage(System.nanoTime() - start);
        Files.writeString(Path.of(args[0]), usage.line());
        System.exit(code);
    }

    /** The words that run a command so. */
    static List<String> measuring(Path result, List<String> command) {
        String classes = MeasuredCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                MeasuredCommand.class.getName(),
                result.toString()));
        words.addAll(command);
        return List.copyOf(words);
    }

    @SuppressWarnings("restricted") // Calling what is not Java is what it is for.
    private static Usage usage(long wallNanos) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle getrusage = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getrusage"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(SIZE, Long.BYTES);
            int error = (int) getrusage.invokeExact(ENDED_CHILDREN, usage);
            if (error != 0) {
                throw new IllegalStateException("The system does not tell what a child took");
            }
            // Linux tells the peak in KiB, macOS in bytes.
            long unit = System.getProperty("os.name").startsWith("Mac") ? 1 : 1024;
            return new Usage(
                    wallNanos / 1e9,
                    seconds(usage, 0) + seconds(usage, SYSTEM_TIME),
                    usage.get(ValueLayout.JAVA_LONG, PEAK) * unit);
        }
    }

    /** On macOS the microseconds have 32 bits. */
    private static double seconds(MemorySegment usage, int offset) {
        return usage.get(ValueLayout.JAVA_LONG, offset) + usage.get(ValueLayout.JAVA_INT, offset + Long.BYTES) / 1e6;
    }

    /**
     * What a command took.
     *
     * @param wall seconds from its start to its end
     * @param cpu seconds of all processors, the system's for it included
     * @param peak bytes of its memory that were resident at most
     */
    record Usage(double wall, double cpu, long peak) {

        String line() {
            return wall + " " + cpu + " " + peak;
        }

        static Usage of(String line) {
            String[] words = line.split(" ");
            if (words.length != 3) {
                throw new IllegalArgumentException("No usage: " + Arrays.toString(words));
            }
            return new Usage(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2]));
        }
    }
}
