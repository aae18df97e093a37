package io.kandjietl.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where a demo keeps what it makes. */
final class DemoFolder {

    private DemoFolder() {}

    /** Under {@code target}: {@code mvn clean} forgets it. */
    static Path simulated(Map<String, String> environment) throws IOException {
        return Files.createDirectories(Path.of(environment.getOrDefault("DEMO_DIR", "target/demo")))
                .toAbsolutePath();
    }

    /** Real devices and people: outside of {@code target}, ignored by git, for nobody else to read. */
    static Path real() throws IOException {
        Path folder = Path.of("kandji-data").toAbsolutePath();
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }
}
