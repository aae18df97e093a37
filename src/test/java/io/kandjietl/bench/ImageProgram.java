package io.kandjietl.bench;

import io.kandjietl.support.TrainedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged program as the image runs it: extracted, with an AOT cache, the image's options for the JVM, and the container's
 * 512 MiB, half of them heap. The JVM is this one, and not cut down to the modules that are needed.
 */
final class ImageProgram {

    /** What a container of the program may take. */
    static final int BUDGET_MEBIBYTES = 512;

    private static final Path OPTIONS = Path.of("k8s", "image", "jvm.options");

    private static final Map<Path, TrainedProgram> TRAINED = new ConcurrentHashMap<>();

    private ImageProgram() {}

    /** Extracts and trains it, once a JVM and folder. */
    static TrainedProgram of(BenchmarkOptions options) {
        return TRAINED.computeIfAbsent(
                options.folder().toAbsolutePath().resolve("program"), folder -> train(options.jar(), folder));
    }

    /** Tells one program, or its JVM's options, from another. */
    static String fingerprint(Path jar) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(jar));
            digest.update(Files.readAllBytes(OPTIONS));
            return HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Removes what was extracted and trained. */
    static void removeFrom(BenchmarkOptions options) throws IOException {
        FileSystemUtils.deleteRecursively(options.folder().resolve("program"));
    }

    private static TrainedProgram train(Path jar, Path folder) {
        List<String> jvm = List.of(
                // Stands for the container's limit, of which the options take half.
                "-XX:MaxRAM=" + BUDGET_MEBIBYTES + "m", "@" + OPTIONS.toAbsolutePath());
        return TrainedProgram.train(jar, folder, List.of(), jvm);
    }
}
