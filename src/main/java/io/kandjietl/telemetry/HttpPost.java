package io.kandjietl.telemetry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Posts something once. Whoever waits for it interrupts it. */
final class HttpPost {

    private HttpPost() {}

    /**
     * Returns when it was taken.
     *
     * @throws IOException when it was not, with the reason in a few words
     * @throws InterruptedException when nobody waits for it any more
     */
    static void send(URI uri, String contentType, byte[] body, Duration atMost)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(atMost)
                .build();
        try {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(atMost)
                            .header("Content-Type", contentType)
                            .header("User-Agent", "kandji-etl")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.discarding());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("status " + answer.statusCode());
            }
        } finally {
            http.shutdownNow();
        }
    }
}
