package io.kandjietl.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/**
 * A folder of this machine, by {@code java.nio}: Hadoop's local file system renames by copying where it can't do
 * better, hides the reason of a failure, and needs a user with a name, which a pod may not have.
 */
final class LocalLakeStore implements LakeStore {

    private final Path root;

    LocalLakeStore(Path root) {
        this.root = root;
    }

    @Override
    public PendingFile create(String path) throws IOException {
        Path target = root.resolve(path);
        Path folder = target.resolveSibling("");
        Files.createDirectories(folder);
        return new LocalPendingFile(folder.resolve(TemporaryName.of(String.valueOf(target.getFileName()))), target);
    }

    @Override
    public void removeUnfinished(String folder) throws IOException {
        Files.walkFileTree(root.resolve(folder), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (TemporaryName.matches(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(root.resolve(path));
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    @Override
    public InputFile input(String path) throws IOException {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new LocalInputFile(file);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public void deleteEmptyFolder(String folder) throws IOException {
        try {
            Files.deleteIfExists(root.resolve(folder));
        } catch (DirectoryNotEmptyException e) {
            // Other slots of the day are there.
        }
    }

    @Override
    public void close() {}
}
