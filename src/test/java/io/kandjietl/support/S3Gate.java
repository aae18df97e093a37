package io.kandjietl.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between the program and a store on the loopback interface and sees each request that changes something three times:
 * before the store knows of it, when half of it has been passed on, and when the store has answered, before the client
 * knows. It reads no more of HTTP than where a request's head ends and how long its body is.
 */
public final class S3Gate implements AutoCloseable {

    private final ServerSocket server;
    private final int port;
    private final Watcher watcher;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Who is told of each moment before it is passed on, one at a time. */
    public interface Watcher {

        /**
         * A moment came.
         *
         * @param request method and path
         * @return whether it may be passed on; where it may not, the connection ends
         */
        boolean saw(String request, Moment moment);
    }

    /** What is seen. */
    public enum Moment {
        /** The store does not know of it yet. */
        ASKED,
        /** Half of the body is passed on. */
        HALF_SENT,
        /** The store has answered, and the client does not know. */
        ANSWERED
    }

    /** Begins to listen, for connections to a store. */
    public S3Gate(int port, Watcher watcher) {
        this.port = port;
        this.watcher = watcher;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to listen", e);
        }
        Thread.ofVirtual().name("gate").start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket store = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(store);
                Exchange exchange = new Exchange(client, store);
                Thread.ofVirtual().start(exchange::passRequests);
                Thread.ofVirtual().start(exchange::passAnswers);
            }
        } catch (IOException e) {
            close();
        }
    }

    private synchronized boolean tell(String request, Moment moment) {
        return watcher.saw(request, moment);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection: a request is answered before the next one is sent. */
    private final class Exchange {

        private final Socket client;
        private final Socket store;
        private volatile String changing = "";

        Exchange(Socket client, Socket store) {
            this.client = client;
            this.store = store;
        }

        void passRequests() {
            try (client;
                    store) {
                InputStream in = new BufferedInputStream(client.getInputStream());
                OutputStream out = store.getOutputStream();
                for (byte[] head = head(in); head.length > 0; head = head(in)) {
                    String text = new String(head, StandardCharsets.ISO_8859_1);
                    String request = text.substring(0, text.indexOf(" HTTP/"));
                    boolean changes = !request.startsWith("GET ") && !request.startsWith("HEAD ");
                    if (changes && !tell(request, Moment.ASKED)) {
                        return;
                    }
                    changing = changes ? request : "";
                    out.write(head);
                    out.flush();
                    long length = length(text);
                    copy(in, out, length / 2);
                    if (changes && length > 1 && !tell(request, Moment.HALF_SENT)) {
                        return;
                    }
                    copy(in, out, length - length / 2);
                }
            } catch (IOException e) {
                // One side went away: closing both tells the other.
            }
        }

        void passAnswers() {
            try (client;
                    store) {
                InputStream in = store.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    boolean goesOn = new String(buffer, 0, Math.min(read, 12), StandardCharsets.ISO_8859_1)
                            .startsWith("HTTP/1.1 100");
                    String request = changing;
                    if (!goesOn && !request.isEmpty()) {
                        changing = "";
                        if (!tell(request, Moment.ANSWERED)) {
                            return;
                        }
                    }
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // As above.
            }
        }

        private static byte[] head(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.write(next);
                last = last << 8 | next;
                if (last == 0x0d0a0d0a) {
                    return head.toByteArray();
                }
            }
            return new byte[0];
        }

        private static long length(String head) {
            return head.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("content-length:"))
                    .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }

        private static void copy(InputStream in, OutputStream out, long length) throws IOException {
            byte[] buffer = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException("The client went away");
                }
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
            }
        }
    }
}
