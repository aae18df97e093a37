package io.kandjietl.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The lake on a local disk. */
class LocalLakeIntegrationTests extends LakeContract {

    @TempDir
    private Path disk;

    @Override
    String root(String name) {
        return "file://" + disk.resolve(name);
    }

    @Override
    SortedMap<String, String> files(String name) throws IOException {
        return read(disk.resolve(name));
    }

    static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    @Override
    void leaveUnfinished(String name, String path) throws IOException {
        Path file = disk.resolve(name).resolve(path);
        Files.writeString(
                file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".inprogress"), "half");
    }

    @Override
    List<String> unfinished(String name) throws IOException {
        return files(name).keySet().stream()
                .filter(file -> file.endsWith(".inprogress"))
                .toList();
    }
}
