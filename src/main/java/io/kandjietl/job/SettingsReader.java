package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.lake.LakeUri;
import io.kandjietl.lake.S3Settings;
import io.kandjietl.telemetry.TelemetrySettings;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.RejectLimits;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads the settings and checks all of them before it complains, so that one message lists everything that is wrong.
 * One reader for one reading; not for several threads.
 */
public final class SettingsReader {

    static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

    private static final Pattern URL_WITH_SECRET =
            Pattern.compile("^[^?]*@|[?&](user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

    /** Ten times what the vendor documents for a tenant: more is a slip of the keyboard. */
    private static final int MAX_REQUESTS_PER_HOUR = 100_000;

    private final ConfigurableEnvironment environment;
    private final SettingValues values;

    /** Makes a reader of an environment, its configuration files included. */
    public SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.values = new SettingValues(environment);
    }

    /**
     * Reads the settings.
     *
     * @throws ConfigurationException when any is missing or wrong
     */
    public Settings read() {
        checkJob();
        String subdomain = subdomain();
        String tenant = tenant(subdomain);
        URI root = root(subdomain);
        ApiToken token = token();
        int pageSize = values.number("kandji.page-size", KandjiSettings.MAX_PAGE_SIZE, 1, KandjiSettings.MAX_PAGE_SIZE);
        int perSecond =
                values.number("kandji.requests-per-second", KandjiSettings.DEFAULT_REQUESTS_PER_SECOND, 1, 1_000);
        BudgetLimits budget = budget();
        RejectLimits rejects = rejects();
        ArchivalGuard guard = guard();
        DetailsSettings details = details();
        RetentionSettings retention = new RetentionReader(values).read();
        Duration slotLength = slotLength();
        boolean migrate = values.setting("kandji.migrate-on-start", Boolean.class, true);
        checkDataSource();
        LakeReader lakeReader = new LakeReader(values);
        LakeUri lake = lakeReader.uri();
        S3Settings s3 = lakeReader.s3();
        TelemetrySettings telemetry = new TelemetryReader(values).read();
        KandjiSettings kandji = root == null || token == null
                ? null
                : values.checked(
                        "KANDJI_BASE_URL",
                        () -> new KandjiSettings(root, token, pageSize, perSecond, KandjiTimeouts.DEFAULT));
        if (!values.problems().isEmpty() || tenant == null || kandji == null || lake == null) {
            throw new ConfigurationException(values.problems());
        }
        return new Settings(
                tenant,
                kandji,
                budget,
                lake,
                s3,
                rejects,
                guard,
                details,
                retention,
                telemetry,
                slotLength,
                migrate,
                values.text("kandji.job-name"),
                runBy());
    }

    private @Nullable String subdomain() {
        String text = values.lower("kandji.subdomain");
        if (text == null) {
            if (values.text("kandji.base-url") == null) {
                values.problem(
                        "KANDJI_SUBDOMAIN",
                        "is not set",
                        "Set it to the first part of your tenant's address: for https://acme.kandji.io it is acme");
            }
            return null;
        }
        if (TenantAddress.isLabel(text)) {
            return text;
        }
        values.problem(
                "KANDJI_SUBDOMAIN",
                TenantAddress.explainPastedHost(text)
                        .orElse("'" + text + "' is no subdomain: letters, digits and hyphens, 63 at most"),
                "It is the first part of your tenant's address");
        return null;
    }

    private @Nullable String tenant(@Nullable String subdomain) {
        String name = values.lower("kandji.tenant");
        if (name == null) {
            name = subdomain;
        }
        if (name == null && values.text("kandji.base-url") != null) {
            values.problem(
                    "KANDJI_TENANT",
                    "is not set",
                    "With KANDJI_BASE_URL, set it to what the tenant is to be called in tables");
        } else if (name != null && !TENANT.matcher(name).matches()) {
            values.problem(
                    "KANDJI_TENANT",
                    "'" + name + "' can't be a name in paths",
                    "Use letters, digits, hyphens and dots, 63 at most");
        }
        return name;
    }

    private @Nullable URI root(@Nullable String subdomain) {
        String base = values.text("kandji.base-url");
        if (base != null) {
            return values.checked("KANDJI_BASE_URL", () -> parse(base));
        }
        String region = values.lower("kandji.region");
        String domain = values.lower("kandji.domain");
        if (region == null) {
            values.problem(
                    "KANDJI_REGION",
                    "is not set",
                    "Set it to us or eu, as in your tenant's API address: SUB.api.eu.kandji.io is eu");
        } else if (!TenantAddress.REGIONS.contains(region)) {
            values.problem("KANDJI_REGION", "'" + region + "' is no region", "Set it to us or eu");
        }
        if (domain != null && !TenantAddress.DOMAINS.contains(domain)) {
            values.problem(
                    "KANDJI_DOMAIN",
                    "'" + domain + "' is no domain of the API",
                    "Set it to kandji.io or iru.com, or leave it out");
        }
        return subdomain == null || region == null || !values.problems().isEmpty()
                ? null
                : TenantAddress.root(subdomain, region, domain == null ? TenantAddress.DOMAINS.getFirst() : domain);
    }

    private static URI parse(String base) {
        try {
            return URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    ExitCode.CONFIGURATION, "is no URL", "Set it to a root like https://acme.api.kandji.io", null);
        }
    }

    private @Nullable ApiToken token() {
        String token = values.text("kandji.api-token");
        if (token == null) {
            values.problem(
                    "KANDJI_API_TOKEN",
                    "is not set",
                    "Set it, or the file kandji-api-token in KANDJI_SECRETS_DIR, to a token with the permissions Device list"
                            + " and Device details");
            return null;
        }
        return values.checked("KANDJI_API_TOKEN", () -> ApiToken.of(token));
    }

    private void checkDataSource() {
        values.checkResolved("spring.datasource.username");
        values.checkResolved("spring.datasource.password");
        String url = values.text("spring.datasource.url");
        if (url == null) {
            values.problem(
                    "SPRING_DATASOURCE_URL",
                    "is not set",
                    "Set it to a JDBC URL like jdbc:postgresql://HOST:5432/DATABASE");
        } else if (!url.startsWith("jdbc:postgresql:")) {
            values.problem(
                    "SPRING_DATASOURCE_URL", "does not name a PostgreSQL database", "It begins with jdbc:postgresql:");
        } else if (URL_WITH_SECRET.matcher(url).find()) {
            values.problem(
                    "SPRING_DATASOURCE_URL",
                    "holds a user or a password",
                    "Give them as SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, which are never shown");
        } else if (Driver.parseURL(url, null) == null) {
            values.problem(
                    "SPRING_DATASOURCE_URL",
                    "is no URL that the PostgreSQL driver understands",
                    "Set it to a JDBC URL like jdbc:postgresql://HOST:5432/DATABASE");
        }
    }

    private RejectLimits rejects() {
        double percent = values.setting("kandji.rejects.max-percent", Double.class, RejectLimits.STANDARD.maxPercent());
        long records = values.setting("kandji.rejects.max-records", Long.class, RejectLimits.STANDARD.maxRecords());
        values.checkPercentage("kandji.rejects.max-percent", percent);
        values.checkNotNegative("kandji.rejects.max-records", records);
        return new RejectLimits(percent, records);
    }

    private ArchivalGuard guard() {
        ArchivalGuard standard = ArchivalGuard.STANDARD;
        double percent = values.setting("kandji.guard.max-archived-percent", Double.class, standard.maxPercent());
        long devices = values.setting("kandji.guard.max-archived-devices", Long.class, standard.maxDevices());
        values.checkPercentage("kandji.guard.max-archived-percent", percent);
        values.checkNotNegative("kandji.guard.max-archived-devices", devices);
        return new ArchivalGuard(percent, devices);
    }

    private DetailsSettings details() {
        DetailsSettings standard = DetailsSettings.STANDARD;
        Long most = values.text("kandji.details.requests-per-run") == null
                ? null
                : Long.valueOf(values.number("kandji.details.requests-per-run", 0, 0, Integer.MAX_VALUE));
        return new DetailsSettings(
                values.period("kandji.details.max-age", standard.maxAge(), Duration.ofDays(365)),
                most,
                values.period("kandji.details.time-limit", standard.timeLimit(), Duration.ofHours(24)),
                values.number("kandji.max-concurrent-requests", standard.concurrent(), 1, 100));
    }

    private Duration slotLength() {
        Duration length = values.setting("kandji.slot-length", Duration.class, Duration.ofHours(2));
        if (length.compareTo(Duration.ofMinutes(1)) < 0
                || length.compareTo(Duration.ofHours(24)) > 0
                || length.toMillis() % 1_000 != 0) {
            values.problem(
                    "KANDJI_SLOT_LENGTH",
                    "is not from 1m to 24h in whole seconds",
                    "Set it to the CronJob's period, for example 2h");
        }
        return length;
    }

    private BudgetLimits budget() {
        int perHour = values.number(
                "kandji.requests-per-hour", BudgetLimits.STANDARD.requestsPerHour(), 1, MAX_REQUESTS_PER_HOUR);
        Duration deadline = values.setting("kandji.run-deadline", Duration.class, BudgetLimits.STANDARD.runDeadline());
        if (deadline.compareTo(Duration.ofMinutes(1)) < 0 || deadline.compareTo(Duration.ofHours(24)) > 0) {
            values.problem(
                    "KANDJI_RUN_DEADLINE",
                    "is not from 1m to 24h",
                    "Set it to somewhat less than the CronJob's period, for example 100m");
        }
        return new BudgetLimits(perHour, deadline);
    }

    private void checkJob() {
        String job = environment.getProperty("KANDJI_JOB", "kandji-sync");
        boolean found = environment.getPropertySources().stream()
                .anyMatch(source -> source.getName().contains("/" + job + ".yaml"));
        if (!found) {
            values.problem(
                    "KANDJI_JOB",
                    "there is no jobs/" + job + ".yaml",
                    "Set it to the name of a file of jobs/, without its ending");
        }
    }

    private String runBy() {
        String host = values.text("kandji.hostname");
        return host == null ? "localhost" : host;
    }
}
