package io.kandjietl.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kandjietl.simulator.Draw.Trait;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A running Kandji tenant, on the loopback interface and a port that the system chose. Limits, permissions and faults can be
 * changed while it runs. Closing it lets held answers go and leaves no thread behind. Thread-safe.
 */
public final class SimulatedTenant implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    static {
        // Without it each answer waits some 40 ms for the client's delayed acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String subdomain;
    private final String token;
    private final Fleet fleet;
    private final Clock clock;
    private final RateLimits limits;
    private final TenantApi api;
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Duration answerTime;

    private SimulatedTenant(Builder builder) throws IOException {
        this.subdomain = builder.subdomain;
        this.token = new Draw(builder.seed).part(subdomain.hashCode()).uuid(Trait.TOKEN);
        this.fleet = builder.fleet;
        this.clock = builder.clock;
        this.limits = new RateLimits(builder.perHour, builder.perSecond);
        this.api = new TenantApi(fleet, clock, limits, builder.headers, token);
        this.answerTime = builder.answerTime;
        this.server = server(builder);
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    private static HttpServer server(Builder builder) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), builder.port);
        if (builder.tls == null) {
            return HttpServer.create(address, BACKLOG);
        }
        HttpsServer server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(builder.tls));
        return server;
    }

    /** Begins a tenant with a fleet of 500, the vendor's limits, and everything in order. */
    public static Builder builder() {
        return new Builder();
    }

    /** The root of its URLs: scheme, host and port, without a path. */
    public URI baseUri() {
        InetSocketAddress address = server.getAddress();
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** The first part of the host name that it would have. */
    public String subdomain() {
        return subdomain;
    }

    /** The token that it began with. */
    public String token() {
        return token;
    }

    /** Its devices. */
    public Fleet fleet() {
        return fleet;
    }

    /** The failures that it shows. */
    public Faults faults() {
        return faults;
    }

    /** What it has seen. */
    public RequestLog requests() {
        return requests;
    }

    /** Takes this token from now on, and no other. */
    public void acceptToken(String accepted) {
        api.token(accepted);
    }

    /** Whether the token may list devices. */
    public void permitList(boolean permitted) {
        api.permitList(permitted);
    }

    /** Whether the token may see details. */
    public void permitDetails(boolean permitted) {
        api.permitDetails(permitted);
    }

    /** How many requests of each hour's limit the tenant's other integrations use. */
    public void usedByOthers(int requestsPerHour) {
        limits.usedByOthers(requestsPerHour);
    }

    /** How long each answer takes. */
    public void answerTime(Duration time) {
        answerTime = time;
    }

    @Override
    public void close() {
        closed.countDown();
        faults.clear();
        server.stop(0);
        executor.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            SeenRequest request = SeenRequest.of(exchange, clock.instant());
            List<Effect> effects = faults.claim(request);
            delay(effects);
            Answer answer = answer(request, effects);
            boolean dropped = effects.stream().anyMatch(Effect.Drop.class::isInstance);
            requests.add(request.answered(dropped ? 0 : answer.status()));
            if (!dropped) {
                send(exchange, answer, effects.stream().anyMatch(Effect.Truncate.class::isInstance));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delay(List<Effect> effects) throws InterruptedException {
        pause(answerTime);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Held held) {
                held.hold().pass();
            } else if (effect instanceof Effect.Slow slow) {
                pause(slow.by());
            }
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            var unused = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Answer answer(SeenRequest request, List<Effect> effects) {
        try {
            Answer answer = effects.stream()
                    .filter(Effect.Replace.class::isInstance)
                    .map(effect -> ((Effect.Replace) effect).answer())
                    .findFirst()
                    .orElseGet(() -> api.answer(request));
            for (Effect effect : effects) {
                if (effect instanceof Effect.Run run) {
                    run.action().run();
                }
            }
            return answer;
        } catch (RuntimeException e) {
            return Answer.of(500, "The simulator itself failed: " + e);
        }
    }

    private static void send(HttpExchange exchange, Answer answer, boolean truncated) throws IOException {
        byte[] body = answer.body();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, truncated ? body.length / 2 : body.length);
            out.flush();
        }
    }

    /**
     * Which headers the answers carry that are not promised.
     *
     * @param rateLimits those that tell of the limits
     * @param retryAfter {@code Retry-After} with 429
     * @param totalCount {@code x-total-count} with pages
     */
    record Headers(boolean rateLimits, boolean retryAfter, boolean totalCount) {}

    /** Builds a tenant. */
    public static final class Builder {

        private String subdomain = "demo";
        private long seed = 1;
        private int port;
        private Fleet fleet = SimulatedFleet.builder().build();
        private Clock clock = Clock.systemUTC();
        private int perHour = 10_000;
        private int perSecond = 50;
        private Headers headers = new Headers(true, true, false);
        private Duration answerTime = Duration.ZERO;
        private @Nullable SSLContext tls;

        private Builder() {}

        /** The tenant's name. */
        public Builder subdomain(String subdomain) {
            this.subdomain = subdomain;
            return this;
        }

        /** Which token it has: another for each seed and subdomain. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** The port; 0, as is the default, lets the system choose. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The devices. */
        public Builder fleet(Fleet fleet) {
            this.fleet = fleet;
            return this;
        }

        /** What tells the instant of a page, the hour and the second. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Other limits than 10,000 an hour and 50 a second; 0 stands for none. */
        public Builder limits(int requestsPerHour, int requestsPerSecond) {
            this.perHour = requestsPerHour;
            this.perSecond = requestsPerSecond;
            return this;
        }

        /** No limits, and so no headers that tell of them. */
        public Builder unlimited() {
            return limits(0, 0);
        }

        /** No header tells of the limits. */
        public Builder withoutRateLimitHeaders() {
            this.headers = new Headers(false, headers.retryAfter(), headers.totalCount());
            return this;
        }

        /** 429 comes without {@code Retry-After}. */
        public Builder withoutRetryAfter() {
            this.headers = new Headers(headers.rateLimits(), false, headers.totalCount());
            return this;
        }

        /** Pages carry {@code x-total-count}, as in 2022. */
        public Builder withTotalCount() {
            this.headers = new Headers(headers.rateLimits(), headers.retryAfter(), true);
            return this;
        }

        /** How long each answer takes. */
        public Builder answerTime(Duration time) {
            this.answerTime = time;
            return this;
        }

        /** Answers over TLS, with this context's certificate. */
        public Builder tls(SSLContext context) {
            this.tls = context;
            return this;
        }

        /**
         * Starts the tenant.
         *
         * @throws UncheckedIOException when the port can't be had
         */
        public SimulatedTenant start() {
            try {
                return new SimulatedTenant(this);
            } catch (IOException e) {
                throw new UncheckedIOException("Unable to start a simulated tenant on port " + port, e);
            }
        }
    }
}
