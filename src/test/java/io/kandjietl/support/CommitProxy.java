package io.kandjietl.support;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the program and PostgreSQL, passes on what both say, and sees each commit twice: when it is asked for, before
 * the server knows, and when it is done, before the client knows. Of PostgreSQL's protocol (manual, "Frontend/Backend
 * Protocol", version 3, without TLS) it reads how messages are framed, and which statements are a commit.
 */
public final class CommitProxy implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 1 << 28;

    private final ServerSocket server;
    private final int port;
    private final Watcher watcher;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Who is told of each moment before it is passed on, on threads of the proxy, one at a time. */
    public interface Watcher {

        /**
         * A moment came.
         *
         * @return whether it may be passed on; where it may not, the connection ends
         */
        boolean saw(Moment moment);
    }

    /** What is seen. */
    public enum Moment {
        /** The client asks for a commit: the server does not know yet. */
        COMMIT_ASKED,
        /** The server has committed: the client does not know yet. */
        COMMITTED,
        /** The client says anything else. */
        MESSAGE
    }

    /** Begins to listen, for connections to a server on the loopback interface. */
    public CommitProxy(int port, Watcher watcher) {
        this.port = port;
        this.watcher = watcher;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to listen", e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(upstream);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(client, upstream, new FromClient()));
                Thread.ofVirtual().start(() -> pass(upstream, client, new FromServer()));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void pass(Socket from, Socket to, Side side) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(from.getInputStream()));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
            side.begin(in, out);
            while (true) {
                byte type = in.readByte();
                byte[] body = body(in);
                Moment moment = side.moment(type, body);
                if (moment != null) {
                    out.flush(); // What came before it is not held back.
                    if (!tell(moment)) {
                        return;
                    }
                }
                out.writeByte(type);
                write(out, body);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One side went away: closing both tells the other.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized boolean tell(Moment moment) {
        return watcher.saw(moment);
    }

    private static byte[] body(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 4 || length > LONGEST_MESSAGE) {
            throw new IOException("No message of PostgreSQL's: its length is " + length);
        }
        return in.readNBytes(length - 4);
    }

    private static void write(OutputStream out, byte[] body) throws IOException {
        new DataOutputStream(out).writeInt(body.length + 4);
        out.write(body);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to close", e);
        }
    }

    /** One direction of a connection. */
    private interface Side {

        default void begin(DataInputStream in, DataOutputStream out) throws IOException {}

        @org.jspecify.annotations.Nullable
        Moment moment(byte type, byte[] body);
    }

    private static final class FromClient implements Side {

        private final Map<String, Boolean> isCommit = new HashMap<>();

        /** The first message has no type. */
        @Override
        public void begin(DataInputStream in, DataOutputStream out) throws IOException {
            write(out, body(in));
            out.flush();
        }

        @Override
        public Moment moment(byte type, byte[] body) {
            if (type == 'P') {
                String name = text(body, 0);
                isCommit.put(name, isCommit(text(body, name.length() + 1)));
            } else if (type == 'B') {
                return isCommit.getOrDefault(text(body, text(body, 0).length() + 1), false)
                        ? Moment.COMMIT_ASKED
                        : Moment.MESSAGE;
            } else if (type == 'Q' && isCommit(text(body, 0))) {
                return Moment.COMMIT_ASKED;
            }
            return Moment.MESSAGE;
        }

        private static boolean isCommit(String sql) {
            return sql.strip().equalsIgnoreCase("commit");
        }
    }

    private static final class FromServer implements Side {

        @Override
        public @org.jspecify.annotations.Nullable Moment moment(byte type, byte[] body) {
            return type == 'C' && text(body, 0).equals("COMMIT") ? Moment.COMMITTED : null;
        }
    }

    /** The text that begins there, up to its zero; of one byte a character, which is enough for names and keywords. */
    private static String text(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != 0) {
            end++;
        }
        return new String(body, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
