package io.kandjietl.kandji;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks hosts whether the API is there, without a token: nothing secret goes to a host that nobody configured, and no
 * redirect is followed. An API that is there refuses a request without a token; the gateway of another region knows no
 * such path.
 */
public final class ApiProbe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** A probe. */
    public ApiProbe() {}

    /**
     * Whether the API answers there for a tenant. One request, no retry.
     *
     * @param root scheme and host
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    public boolean answers(URI root) {
        HttpRequest get = HttpRequest.newBuilder(root.resolve("/api/v1/devices?limit=1"))
                .header("Accept", "application/json")
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(get, BodyHandlers.limiting(BodyHandlers.ofByteArray(), 1 << 16));
            return (response.statusCode() == 401 || response.statusCode() == 403)
                    && new String(response.body(), StandardCharsets.UTF_8)
                            .stripLeading()
                            .startsWith("{");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException("whether " + root.getHost() + " answers", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
