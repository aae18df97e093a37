package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.ClockSkew;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DevicePage;
import io.kandjietl.kandji.KandjiClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What {@code check} asks of Kandji: two requests as a rule, which no ledger counts. */
final class KandjiCheck {

    /** So many of the first page's devices are asked for until one has details. */
    private static final int MOST_DEVICES = 5;

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
