package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.ClockSkew;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DevicePage;
import io.kandjietl.kandji.KandjiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import tools.jackson.databind.JsonNode;

/** What {@code check} asks of Kandji: two requests as a rule, which no ledger counts. */
final class KandjiCheck {

    /** So many of the first page's devices are asked for until one has details. */
    private static final int MOST_DEVICES = 5;

    private static final int PATIENCE_MILLIS = 10_000;

    private final KandjiClient client;

    KandjiCheck(KandjiClient client) {
        this.client = client;
    }

    static String resolve(String host) throws UnknownHostException {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            return host + " is "
                    + Arrays.stream(addresses).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        } catch (UnknownHostException e) {
            throw new FailureException(
                    ExitCode.UNAVAILABLE,
                    "Could not reach Kandji: there is no host " + host,
                    "See KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN, and whether this machine resolves names",
                    e);
        }
    }

    /**
     * Whether the host can be reached, and shows a certificate that is trusted and its own.
     *
     * @throws IOException when it does not
     */
    static String connect(URI root) throws IOException {
        boolean secure = "https".equals(root.getScheme());
        int port = root.getPort() < 0 ? (secure ? 443 : 80) : root.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(root.getHost(), port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            return secure ? handshake(plain, root.getHost(), port) : "reached without TLS: it is this machine";
        } catch (SSLException e) {
            throw new FailureException(
                    ExitCode.UNAVAILABLE,
                    "Could not reach Kandji: TLS with " + root.getHost() + " failed: " + e.getMessage(),
                    "See whether KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN are right; if something between here"
                            + " and Kandji inspects TLS, add its certificate to Java's trust store",
                    e);
        } catch (IOException e) {
            throw new FailureException(
                    ExitCode.UNAVAILABLE,
                    "Could not reach Kandji: no connection to " + root.getHost() + ", port " + port + ": "
                            + e.getMessage(),
                    "See whether this machine may reach it: a firewall, a network policy",
                    e);
        }
    }

    private static String handshake(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getProtocol() + ", with a certificate that is trusted";
        }
    }

    DevicePage list() {
        return client.listDevices(0);
    }

    /** Whether the token may read details, tried on devices of a page. */
    String details(DevicePage page) {
        List<String> ids = page.rows().stream()
                .filter(row -> !row.path("is_removed").asBoolean(false))
                .map(row -> row.path("device_id"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .limit(MOST_DEVICES)
                .toList();
        for (String id : ids) {
            switch (client.details(id.toLowerCase(Locale.ROOT))) {
                case DetailsAnswer.Answered answered -> {
                    return "the token may read details";
                }
                case DetailsAnswer.NotFound notFound -> {}
                case DetailsAnswer.Refused refused ->
                    throw new FailureException(
                            ExitCode.REFUSED,
                            refused.why(),
                            "Give the token the permission \"Device details\" in Kandji (Settings, Access, API token);"
                                    + " without it runs are published, but no device's details, and no absence is"
                                    + " confirmed",
                            null);
                case DetailsAnswer.Failed failed ->
                    throw new FailureException(
                            ExitCode.UNAVAILABLE, failed.why(), "Run `check` again; if it stays so, ask Kandji", null);
            }
        }
        if (ids.isEmpty()) {
            return "not tried: no device is listed";
        }
        throw new FailureException(
                ExitCode.CONFIGURATION,
                "API endpoint not found: the details of listed devices are unknown (" + ids.size() + " tried)",
                "See whether KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN, or KANDJI_BASE_URL, name the tenant's"
                        + " API, and nothing between changes paths",
                null);
    }

    /** What the answers' dates say of this machine's clock. */
    String clock() {
        ClockSkew skew = client.clockSkew().orElse(null);
        if (skew == null) {
            return "not told by the answers";
        }
        if (skew.isTooMuch()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "Kandji's clock and this machine's differ by " + skew.words(),
                    "Let this machine follow a time server: slots and ages are dated by its clock",
                    null);
        }
        return "agrees with this machine's to " + (skew.difference().isZero() ? "a second" : skew.words());
    }

    /** What the answers say is left of the tenant's limit. */
    String budget() {
        return client.hourlyLimit()
                .map(limit -> String.format(
                        Locale.ROOT,
                        "%,d of the tenant's %,d requests are left in this hour",
                        limit.remaining(),
                        limit.limit()))
                .orElse("not told by the answers");
    }
}
