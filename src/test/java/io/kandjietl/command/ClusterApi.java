package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of a cluster's API as kubectl asks for when it creates a Job and when it reads Jobs and pods: it keeps what it is given and
 * judges nothing. It shows what a command sends and prints, not what a cluster would make of it. Thread-safe.
 */
final class ClusterApi implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BATCH = "/apis/batch/v1";

    /** That the server checks fields itself, without which kubectl would ask for the schema of everything. */
    private static final String CHECKS_FIELDS = """
            {"openapi": "3.0.0", "info": {"title": "batch", "version": "1"}, "paths": {"/apis/batch/v1/namespaces/{namespace}/jobs/{name}":
            {"patch": {"x-kubernetes-group-version-kind": {"group": "batch", "version": "v1", "kind": "Job"},
            "parameters": [{"name": "fieldValidation", "in": "query"}], "responses": {}}}}}""";

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> created = new LinkedBlockingQueue<>();

    ClusterApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        answers.put("/version", "{\"major\": \"1\", \"minor\": \"34\", \"gitVersion\": \"v1.34.0\"}");
        answers.put("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
        answers.put("/apis", """
                {"kind": "APIGroupList", "apiVersion": "v1", "groups": [{"name": "batch",
                "versions": [{"groupVersion": "batch/v1", "version": "v1"}],
                "preferredVersion": {"groupVersion": "batch/v1", "version": "v1"}}]}""");
        answers.put("/api/v1", resources("v1", "{\"name\": \"pods\", \"kind\": \"Pod\"}"));
        answers.put(
                BATCH,
                resources(
                        "batch/v1",
                        "{\"name\": \"jobs\", \"kind\": \"Job\"}, {\"name\": \"cronjobs\", \"kind\": \"CronJob\"}"));
        answers.put(
                "/openapi/v3",
                "{\"paths\": {\"apis/batch/v1\": {\"serverRelativeURL\": \"/openapi/v3/apis/batch/v1\"}}}");
        answers.put("/openapi/v3/apis/batch/v1", CHECKS_FIELDS);
        server.start();
    }

    private static String resources(String version, String resources) {
        return "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"groupVersion\": \"" + version
                + "\", \"resources\": ["
                + resources.replace(
                        "\"kind\"",
                        "\"singularName\": \"\", \"namespaced\": true, \"verbs\": [\"get\", \"list\", \"create\", \"patch\"], \"kind\"")
                + "]}";
    }

    /** Keeps an object, or a list of them, under the path that kubectl reads it from, without the API's root. */
    void put(String path, String json) {
        answers.put((path.startsWith("pods") ? "/api/v1" : BATCH) + "/namespaces/kandji/" + path, json);
    }

    /** The Job that was created; fails where none was. */
    JsonNode created() {
        JsonNode job = created.poll();
        assertThat(job).as("a Job that was created").isNotNull();
        return job;
    }

    /** Runs a shell's command line with kubectl pointed here, and gives what it prints. */
    String shell(Path folder, String command) throws IOException, InterruptedException {
        Path config = folder.resolve("kubeconfig");
        Files.writeString(
                config,
                "{\"apiVersion\": \"v1\", \"kind\": \"Config\", \"current-context\": \"test\", \"clusters\": [{\"name\": \"test\","
                        + " \"cluster\": {\"server\": \"http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "\"}}], \"contexts\": [{\"name\": \"test\", \"context\": {\"cluster\": \"test\", \"namespace\":"
                        + " \"kandji\"}}]}");
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-ec", command).redirectError(said.toFile());
        builder.environment().put("KUBECONFIG", config.toString());
        builder.environment().put("HOME", folder.toString()); // Where kubectl keeps what servers can do.
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(command + "\n" + Files.readString(said))
                .isZero();
        return printed;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String answer = answers.get(path);
            if (exchange.getRequestMethod().equals("POST") && path.endsWith("/jobs")) {
                answer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                created.add(JSON.readTree(answer));
            }
            byte[] body = (answer == null ? "{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 404}" : answer)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
