package io.kandjietl.bench;

import io.kandjietl.support.TrainedProgram;
import java.io.IOException;
import java.nio.file.Path;
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

    private static final Map<Path, TrainedProgram> TRAINED = new ConcurrentHashMap<>();

    private ImageProgram() {}

    /** Extracts and trains it, once a JVM and folder. */
    static TrainedProgram of(BenchmarkOptions options) {
        return TRAINED.computeIfAbsent(
                options.folder().toAbsolutePath().resolve("program"), folder -> train(options.jar(), folder));
    }

    /** Removes what was extracted and trained. */
    static void removeFrom(BenchmarkOptions options) throws IOException {
        FileSystemUtils.deleteRecursively(options.folder().resolve("program"));
    }

    private static TrainedProgram train(Path jar, Path folder) {
        List<String> jvm = List.of(
                // Stands for the container's limit: the options take half of it, and begin with little.
                "-XX:MaxRAM=" + BUDGET_MEBIBYTES + "m",
                "@" + Path.of("k8s", "image", "jvm.options").toAbsolutePath());
        return TrainedProgram.train(jar, folder, List.of(), jvm);
    }
}
