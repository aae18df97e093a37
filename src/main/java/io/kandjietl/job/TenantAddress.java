package io.kandjietl.job;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tenant's API is, from what people enter. A subdomain is one DNS label and nothing else, so that a token can't
 * be sent elsewhere.
 */
final class TenantAddress {

    static final List<String> REGIONS = List.of("us", "eu");
    static final List<String> DOMAINS = List.of("kandji.io", "iru.com");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HOST =
            Pattern.compile("(?<subdomain>[a-z0-9-]+)\\.api\\.(eu\\.)?(kandji\\.io|iru\\.com)");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");

    private TenantAddress() {}

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    static URI root(String subdomain, String region, String domain) {
        return URI.create("https://" + subdomain + ".api." + (region.equals("eu") ? "eu." : "") + domain);
    }

    /**
     * All addresses that the tenant of a configured one may have, by what to set; empty when the root is not made of
     * subdomain, region and domain.
     */
    static Map<URI, String> alternatives(URI root) {
        Matcher matcher = HOST.matcher(root.getHost());
        Map<URI, String> all = new LinkedHashMap<>();
        if (matcher.matches() && root.getPort() < 0) {
            for (String domain : DOMAINS) {
                for (String region : REGIONS) {
                    all.put(
                            root(matcher.group("subdomain"), region, domain),
                            "KANDJI_REGION=" + region + " and KANDJI_DOMAIN=" + domain);
                }
            }
        }
        return all;
    }

    /** What to say of a host or URL that was pasted as the subdomain; empty when it is none. */
    static Optional<String> explainPastedHost(String text) {
        String host =
                SCHEME.matcher(text.toLowerCase(Locale.ROOT)).replaceFirst("").replaceFirst("[/?#].*$", "");
        host = host.replaceFirst("^[^@]*@", "").replaceFirst(":\\d*$", "").replaceFirst("\\.$", "");
        for (String domain : DOMAINS) {
            if (host.equals(domain) || host.equals("www." + domain) || host.equals("api." + domain)) {
                return Optional.of("Enter only your subdomain, not the full URL: " + host + " names no tenant");
            }
            if (host.endsWith("." + domain)) {
                return Optional.of(explain(host, domain));
            }
        }
        return text.contains(".") || text.contains("/") || text.contains(":")
                ? Optional.of("Enter only your subdomain, not the full URL: for acme.api.kandji.io enter acme")
                : Optional.empty();
    }

    private static String explain(String host, String domain) {
        List<String> labels =
                List.of(host.substring(0, host.length() - domain.length() - 1).split("\\."));
        String region = labels.contains("eu") && labels.size() > 1 ? "eu" : "us";
        boolean consoleHost = labels.size() == 1;
        return "Enter only your subdomain, not the full URL: for " + host + " enter " + labels.getFirst()
                + (consoleHost ? "" : ", and set the region to " + region)
                + (domain.equals("iru.com") ? ", and the domain to iru.com" : "");
    }
}
