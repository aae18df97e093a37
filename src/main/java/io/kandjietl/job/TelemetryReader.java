package io.kandjietl.job;

import io.kandjietl.telemetry.Telemetry;
import io.kandjietl.telemetry.TelemetrySettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads where metrics and traces go. */
final class TelemetryReader {

    private static final String PUSHGATEWAY = "kandji.metrics.pushgateway";
    private static final String OTLP = "kandji.otlp.endpoint";

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final SettingValues values;

    TelemetryReader(SettingValues values) {
        this.values = values;
    }

    /** Where they go; what is wrong is a problem, and left out. */
    TelemetrySettings read() {
        return new TelemetrySettings(
                root(PUSHGATEWAY, "a Pushgateway like http://pushgateway:9091"),
                root(OTLP, "an OTLP/HTTP collector like http://collector:4318"));
    }

    /**
     * Where they go as far as it can be read without the other settings, which may be what is wrong; empty where they go nowhere, or
     * where a token stands in the wrong place.
     */
    static Optional<Telemetry> alone(ConfigurableEnvironment environment) {
        SettingValues values = new SettingValues(environment);
        try {
            TelemetrySettings settings = new TelemetryReader(values).read();
            String named = values.lower("kandji.tenant");
            String tenant = named == null ? values.lower("kandji.subdomain") : named;
            return settings.isNone()
                            || tenant == null
                            || !SettingsReader.TENANT.matcher(tenant).matches()
                    ? Optional.empty()
                    : Optional.of(new Telemetry(settings, tenant));
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    /** What sends traces takes no other. */
    private static String withLowerCaseScheme(String text) {
        int end = Math.max(0, text.indexOf(':'));
        return text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
    }

    private @Nullable URI root(String name, String what) {
        String text = values.text(name);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(withLowerCaseScheme(text.replaceFirst("/+$", "")));
            boolean isRoot = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && !uri.getPath().matches(".*/v1/(metrics|traces)");
            if (isRoot && SCHEMES.contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below: what is wrong with it may be a secret.
        }
        values.problem(
                SettingValues.variable(name),
                "is no root of " + what,
                "Set it to one, http or https, without user, password, query and what follows the root; or leave it out");
        return null;
    }
}
