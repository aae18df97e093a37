package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which tenant to ask, as whom, and how fast.
 *
 * @param root scheme, host and port of the tenant's API, without a path; https, or http to this machine
 * @param token the secret; it is sent to the root's host and nowhere else
 * @param pageSize devices per request, 1 to 300: the API gives no more
 * @param requestsPerSecond 1 to 1,000; the API allows a tenant 50, all of its integrations together
 * @param timeouts how long one request may take
 */
public record KandjiSettings(URI root, ApiToken token, int pageSize, int requestsPerSecond, KandjiTimeouts timeouts) {

    /** The page size that the API caps at, and the one to use. */
    public static final int MAX_PAGE_SIZE = 300;

    /** A rate that leaves more than half of what a tenant may ask to its other integrations. */
    public static final int DEFAULT_REQUESTS_PER_SECOND = 20;

    private static final int MAX_REQUESTS_PER_SECOND = 1000;

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * Checks all of it, so that no token is ever sent in clear text.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} naming the setting
     */
    public KandjiSettings {
        checkRoot(root);
        checkRange("KANDJI_PAGE_SIZE", pageSize, MAX_PAGE_SIZE);
        checkRange("KANDJI_REQUESTS_PER_SECOND", requestsPerSecond, MAX_REQUESTS_PER_SECOND);
    }

    /** Settings with the defaults: full pages, 20 requests a second, the usual time-outs. */
    public KandjiSettings(URI root, ApiToken token) {
        this(root, token, MAX_PAGE_SIZE, DEFAULT_REQUESTS_PER_SECOND, KandjiTimeouts.DEFAULT);
    }

    /** The host, with the port if one is named: what messages call the tenant's API. */
    String authority() {
        return root.getPort() < 0 ? root.getHost() : root.getHost() + ":" + root.getPort();
    }

    private static void checkRoot(URI root) {
        if (root.getHost() == null
                || root.getRawUserInfo() != null
                || root.getRawQuery() != null
                || root.getRawFragment() != null
                || !(root.getRawPath().isEmpty() || root.getRawPath().equals("/"))) {
            throw wrongRoot("is not a root: it must be a scheme and a host, perhaps a port, and nothing else");
        }
        if (!"https".equalsIgnoreCase(root.getScheme()) && !isHttpToThisMachine(root)) {
            throw wrongRoot("must begin with https:// (http:// is for localhost alone)");
        }
    }

    private static boolean isHttpToThisMachine(URI root) {
        return "http".equalsIgnoreCase(root.getScheme())
                && LOOPBACK.matcher(root.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** The address is not repeated in the message: a mispasted one may hold a password. */
    private static FailureException wrongRoot(String what) {
        return new FailureException(
                ExitCode.CONFIGURATION,
                "The address of the Kandji API " + what,
                "Set KANDJI_SUBDOMAIN, KANDJI_REGION and KANDJI_DOMAIN, or KANDJI_BASE_URL like"
                        + " https://acme.api.kandji.io.",
                null);
    }

    private static void checkRange(String setting, int value, int max) {
        if (value < 1 || value > max) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    setting + " is " + value + ", but must be from 1 to " + max,
                    "Set " + setting + " to a number from 1 to " + max + ".",
                    null);
        }
    }
}
