package io.kandjietl.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL whose data stays in a folder. Where another process of ours serves that folder already, it is used and
 * left running; a server that a killed process left behind is ended first. It is durable: data is flushed to disk.
 */
final class EmbeddedDatabase implements AutoCloseable {

    static final String USER = "postgres";

    private static final long STOP_SECONDS = 30;

    private final int port;
    private final @Nullable EmbeddedPostgres own;
    private final Path ownerFile;

    private EmbeddedDatabase(int port, @Nullable EmbeddedPostgres own, Path ownerFile) {
        this.port = port;
        this.own = own;
        this.ownerFile = ownerFile;
    }

    static EmbeddedDatabase start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        Path ownerFile = folder.resolveSibling(folder.getFileName() + ".owner");
        Optional<RunningServer> running = RunningServer.of(folder);
        if (running.isPresent()) {
            if (isAlive(ownerFile)) {
                return new EmbeddedDatabase(running.get().port(), null, ownerFile);
            }
            running.get().stop();
        }
        Files.writeString(ownerFile, Long.toString(ProcessHandle.current().pid()));
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "50")
                .start();
        return new EmbeddedDatabase(server.getPort(), server, ownerFile);
    }

    /** The JDBC URL; the user is {@link #USER}, without a password: it listens on this machine alone. */
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url());
        dataSource.setUser(USER);
        return dataSource;
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
            Files.deleteIfExists(ownerFile);
        }
    }

    private static boolean isAlive(Path ownerFile) throws IOException {
        return Files.exists(ownerFile)
                && ProcessHandle.of(Long.parseLong(Files.readString(ownerFile).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /**
     * A server that runs on the folder, as its {@code postmaster.pid} says: the process on the first line, the port on
     * the fourth (PostgreSQL manual, "Database File Layout").
     */
    private record RunningServer(ProcessHandle process, int port) {

        static Optional<RunningServer> of(Path folder) throws IOException {
            Path file = folder.resolve("postmaster.pid");
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(RunningServer::isPostgres)
                    .map(process -> new RunningServer(
                            process, Integer.parseInt(lines.get(3).strip())));
        }

        private static boolean isPostgres(ProcessHandle process) {
            return process.isAlive()
                    && process.info()
                            .command()
                            .filter(command -> command.contains("postgres"))
                            .isPresent();
        }

        void stop() throws InterruptedException {
            process.destroy();
            try {
                process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(
                        "The PostgreSQL that an earlier process left behind (" + process.pid() + ") does not end", e);
            }
        }
    }
}
