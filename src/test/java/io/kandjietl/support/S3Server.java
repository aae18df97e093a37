package io.kandjietl.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A real S3 server, S3Proxy, as a process of its own on the loopback interface: it checks signatures. It has one bucket.
 * Closing it ends it.
 */
public final class S3Server implements AutoCloseable {

    /** The only identity that it knows. */
    public static final String ACCESS_KEY = "key-of-tests";

    /** Its secret. */
    public static final String SECRET_KEY = "swordfish-of-tests";

    /** The bucket that is there. */
    public static final String BUCKET = "lake-of-tests";

    private static final Path JAR = Path.of("target/s3-server/s3proxy.jar");
    private static final Pattern LISTENS = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final int port;
    private final S3Client client;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
        this.client = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    /**
     * Starts one.
     *
     * @param folder an empty one, for what it keeps
     */
    public static S3Server start(Path folder) {
        try {
            Path data = Files.createDirectories(folder.resolve("data"));
            Path properties = Files.write(
                    folder.resolve("s3proxy.properties"),
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:0",
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + ACCESS_KEY,
                            "s3proxy.credential=" + SECRET_KEY,
                            "jclouds.provider=filesystem",
                            "jclouds.filesystem.basedir=" + data));
            Path log = folder.resolve("s3proxy.log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            JAR.toAbsolutePath().toString(),
                            "--properties",
                            properties.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            S3Server server = new S3Server(process, port(log));
            server.client.createBucket(bucket -> bucket.bucket(BUCKET));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to start the S3 server", e);
        }
    }

    private static int port(Path log) {
        int[] port = new int[1];
        Patience.await().untilAsserted(() -> {
            Matcher listens = LISTENS.matcher(Files.readString(log));
            if (!listens.find()) {
                throw new AssertionError("Not listening yet: " + Files.readString(log));
            }
            port[0] = Integer.parseInt(listens.group(1));
        });
        return port[0];
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A client with the right credentials. */
    public S3Client client() {
        return client;
    }

    /** The objects below a folder of the bucket, as hexadecimal digits by their names relative to it. */
    public SortedMap<String, String> objects(String folder) {
        SortedMap<String, String> objects = new TreeMap<>();
        String prefix = folder + "/";
        for (S3Object object : client.listObjectsV2Paginator(
                        list -> list.bucket(BUCKET).prefix(prefix))
                .contents()) {
            if (object.key().endsWith("/")) {
                continue; // What Hadoop's connector takes for a folder, after its last file is deleted: it holds
                // nothing.
            }
            try (InputStream content =
                    client.getObject(get -> get.bucket(BUCKET).key(object.key()))) {
                objects.put(
                        object.key().substring(prefix.length()), HexFormat.of().formatHex(content.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return objects;
    }

    /** The keys of uploads that nobody has completed or aborted. */
    public List<String> pendingUploads() {
        return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
