package io.kandjietl.functional;

import static io.kandjietl.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kandjietl.simulator.Hold;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Published;
import io.kandjietl.support.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Behind PgBouncer in transaction mode, where each transaction may be another session's, everything is as without it. Needs the
 * program {@code pgbouncer} on the path, and is skipped without it.
 */
class PoolingProxyFunctionalTests {

    @TempDir
    private Path folder;

    @Test
    void aRunIsStoppedKilledAndGoneOnWithAsWithoutAProxy() throws Exception {
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "pgbouncer is not installed");
        try (Reference reference = new Reference(folder.resolve("undisturbed"))) {
            Installation behind = reference.installation(folder.resolve("behind"));
            int port = freePort();
            Process proxy = start(program.get(), port, behind);
            try {
                behind.with(
                        "SPRING_DATASOURCE_URL",
                        "jdbc:postgresql://localhost:" + port + "/"
                                + behind.database().name() + "?prepareThreshold=0");
                stopAndKill(behind, reference);
                try (EtlProcess process = behind.start("restart")) {
                    assertThat(process.exitCode()).as(process.err()).isZero();
                }
            } finally {
                proxy.destroy();
                proxy.waitFor();
            }
            assertThat(Published.by(behind)).isEqualTo(reference.published());
        }
    }

    private static void stopAndKill(Installation behind, Reference reference) throws Exception {
        Hold stopped = reference.tenant().faults().onDetails().nth(200).holds();
        try (EtlProcess process = reference.start(behind)) {
            stopped.awaitArrival();
            try (EtlProcess stop = behind.start("stop", "1")) {
                assertThat(stop.exitCode()).as(stop.err()).isZero();
            }
            assertThat(process.exitCode()).as(process.err()).isEqualTo(75);
        }
        reference.tenant().faults().clear();
        Hold killed = reference.tenant().faults().onDetails().nth(160).holds();
        try (EtlProcess process = behind.start("restart")) {
            killed.awaitArrival();
            await().until(() ->
                    behind.lines("select count(*) from kandji.staged_details").equals(List.of("300")));
            process.kill();
        }
        reference.tenant().faults().clear();
        behind.leaseRunsOut();
    }

    private Process start(Path program, int port, Installation behind) throws Exception {
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 5
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(behind.database().port(), port));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody")); // It refuses to be root.
            folder.toFile().setExecutable(true, false);
            folder.toFile().setReadable(true, false);
        }
        command.add(settings.toString());
        Process proxy = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        await().until(() -> isListening(port));
        return proxy;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(Path::of)
                .map(path -> path.resolve("pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
