package io.kandjietl.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Pushgateway and an OTLP/HTTP collector in one server. Of what is pushed it keeps what a Pushgateway would: a POST replaces the metrics
 * that are in it.
 */
public final class Receiver implements AutoCloseable {

    private static final String GATEWAY = "/metrics/job/kandji-etl/tenant/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Received> received = new ArrayList<>();
    private final SortedMap<String, Double> group = new TreeMap<>();
    private volatile int status = 200;

    private Receiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Starts one that takes everything. */
    public static Receiver start() {
        try {
            return new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with another status from now on; 0 for no answer at all. */
    public Receiver answering(int with) {
        status = with;
        return this;
    }

    /** Where it listens. */
    public URI root() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** All requests up to now. */
    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /** What the Pushgateway shows: values by name and labels. */
    public synchronized SortedMap<String, Double> group() {
        return new TreeMap<>(group);
    }

    /** The values of the metrics that the collector got last, by name and labels. */
    public SortedMap<String, Double> collected() {
        SortedMap<String, Double> values = new TreeMap<>();
        bodies("/v1/metrics").reversed().stream()
                .limit(1)
                .map(Receiver::metrics)
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .forEach(metric -> metric.getGauge()
                        .getDataPointsList()
                        .forEach(point -> values.put(metric.getName() + labels(point), point.getAsDouble())));
        return values;
    }

    private static SortedMap<String, String> labels(NumberDataPoint point) {
        SortedMap<String, String> labels = new TreeMap<>();
        point.getAttributesList()
                .forEach(label -> labels.put(label.getKey(), label.getValue().getStringValue()));
        return labels;
    }

    /** All spans that the collector got. */
    public List<Span> spans() {
        return bodies("/v1/traces").stream()
                .map(Receiver::traces)
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private List<byte[]> bodies(String target) {
        return received().stream()
                .filter(request -> request.target().equals(target))
                .map(Received::body)
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        Received request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().toString(),
                exchange.getRequestBody().readAllBytes());
        int answer = status;
        synchronized (this) {
            received.add(request);
            if (answer == 200
                    && request.method().equals("POST")
                    && request.target().startsWith(GATEWAY)) {
                push(request);
            }
        }
        if (answer == 0) {
            awaitClose();
        } else {
            exchange.sendResponseHeaders(answer, -1);
        }
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void push(Received request) {
        SortedMap<String, Double> pushed = new TreeMap<>();
        request.text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            pushed.put(key(line.substring(0, space)), Double.valueOf(line.substring(space + 1)));
        });
        pushed.keySet().forEach(key -> group.keySet().removeIf(old -> name(old).equals(name(key))));
        group.putAll(pushed);
    }

    /** As {@code name{label=value, other=value}}. */
    private static String key(String line) {
        return line.replace("\"", "").replace(",", ", ");
    }

    private static String name(String key) {
        return key.substring(0, key.indexOf('{'));
    }

    private static ExportMetricsServiceRequest metrics(byte[] body) {
        try {
            return ExportMetricsServiceRequest.parseFrom(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportTraceServiceRequest traces(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A request as it came.
     *
     * @param headers all of them
     * @param body all of it
     */
    public record Received(String method, String target, String headers, byte[] body) {

        /** The body as text, whatever it is. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
