package io.kandjietl.kandji;

import io.kandjietl.kandji.Problem.Kind;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Sends a request once and waits for the whole answer, within bounds of time and size. For any number of threads. */
final class Transport implements AutoCloseable {

    /** A page of 300 devices is about 300 kB; what is larger than this is no page. */
    private static final long MAX_BODY_BYTES = 16L << 20;

    private static final String WHERE_TO_LOOK = "look at KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN";

    private static final int MAX_CAUSES = 50;

    static {
        // The JDK would send a request again by itself when a connection was closed: uncounted and unpaced.
        // https://docs.oracle.com/en/java/javase/25/docs/api/java.net.http/module-summary.html
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    }

    private final KandjiSettings settings;

    private final HttpClient http;

    private final ObservationRegistry observations;

    /**
     * @param observations told of each request: what was asked for and what came, never a header
     */
    Transport(KandjiSettings settings, ObservationRegistry observations) {
        this.settings = settings;
        this.observations = observations;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeouts().connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The answer, whatever its status.
     *
     * @throws TryFailedException when none came
     * @throws InterruptedException when the thread was interrupted; the request is abandoned
     */
    Answer send(ApiRequest request) throws InterruptedException {
        Observation observation = Observation.start("kandji.request", observations)
                .contextualName(request.route())
                .highCardinalityKeyValue("kandji.request", request.name())
                .lowCardinalityKeyValue("server.address", request.uri().getHost());
        try {
            Answer answer = exchange(request);
            observation.lowCardinalityKeyValue("http.response.status_code", String.valueOf(answer.status()));
            return answer;
        } catch (TryFailedException | InterruptedException e) {
            observation.error(e);
            throw e;
        } finally {
            observation.stop();
        }
    }

    private Answer exchange(ApiRequest request) throws InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(request.uri())
                .header("Authorization", settings.token().authorization())
                .header("Accept", "application/json")
                .header("User-Agent", "kandji-etl")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(get, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        try {
            HttpResponse<byte[]> response =
                    exchange.get(settings.timeouts().exchange().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw failed(
                    Kind.TROUBLE,
                    "no complete answer within " + millis(settings.timeouts().exchange()),
                    e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } finally {
            // Does nothing to an exchange that is done.
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private TryFailedException failed(Throwable e) {
        if (isCausedBy(e, HttpConnectTimeoutException.class)) {
            return failed(
                    Kind.TROUBLE,
                    "no connection within " + millis(settings.timeouts().connect()),
                    e);
        }
        if (isCausedBy(e, UnresolvedAddressException.class) || isCausedBy(e, UnknownHostException.class)) {
            return failed(Kind.UNKNOWN_HOST, "an unknown host: no address has that name; " + WHERE_TO_LOOK, e);
        }
        if (isCausedBy(e, CertificateException.class)) {
            return failed(Kind.UNTRUSTED, "a TLS failure: " + words(e) + "; " + WHERE_TO_LOOK, e);
        }
        if (isCausedBy(e, SSLException.class)) {
            return failed(Kind.NO_TLS, "a TLS failure: " + words(e) + "; " + WHERE_TO_LOOK, e);
        }
        if (isCausedBy(e, ConnectException.class)) {
            return failed(Kind.TROUBLE, "no connection: " + words(e), e);
        }
        if (e instanceof IOException) {
            return failed(Kind.TROUBLE, "a broken connection or answer: " + words(e), e);
        }
        return failed(Kind.TROUBLE, "a failure of the HTTP client: " + words(e), e);
    }

    private TryFailedException failed(Kind kind, String what, Throwable cause) {
        return new TryFailedException(new Problem(kind, what), settings.token().isToldBy(cause) ? null : cause);
    }

    /** The innermost words: those around it tell only that something went wrong. */
    private String words(Throwable e) {
        String words = "";
        Throwable current = e;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            String message = current.getMessage();
            words = message == null || message.isBlank() ? current.getClass().getSimpleName() : message;
            current = current.getCause();
        }
        return Excerpt.of(words, settings.token());
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(current)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }
}
