package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.kandji.ApiToken;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.KandjiTimeouts;
import io.kandjietl.lake.Lake;
import io.kandjietl.lake.LakeUri;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.RejectLimits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads the settings and checks all of them before it complains, so that one message lists everything that is wrong.
 * One reader for one reading; not for several threads.
 */
public final class SettingsReader {

    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

    private static final Pattern URL_WITH_SECRET =
            Pattern.compile("^[^?]*@|[?&](user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

    /** Ten times what the vendor documents for a tenant: more is a slip of the keyboard. */
    private static final int MAX_REQUESTS_PER_HOUR = 100_000;

    private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");
    private static final int LEAST_DAYS_KEPT = 7;

    private final ConfigurableEnvironment environment;
    private final Binder binder;
    private final List<SettingProblem> problems = new ArrayList<>();

    /** Makes a reader of an environment, its configuration files included. */
    public SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
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
        int pageSize = number("kandji.page-size", KandjiSettings.MAX_PAGE_SIZE, 1, KandjiSettings.MAX_PAGE_SIZE);
        int perSecond = number("kandji.requests-per-second", KandjiSettings.DEFAULT_REQUESTS_PER_SECOND, 1, 1_000);
        BudgetLimits budget = budget();
        RejectLimits rejects = rejects();
        ArchivalGuard guard = guard();
        DetailsSettings details = details();
        RetentionSettings retention = retention();
        Duration slotLength = slotLength();
        boolean migrate = setting("kandji.migrate-on-start", Boolean.class, true);
        checkDataSource();
        LakeUri lake = lake();
        KandjiSettings kandji = root == null || token == null
                ? null
                : checked(
                        "KANDJI_BASE_URL",
                        () -> new KandjiSettings(root, token, pageSize, perSecond, KandjiTimeouts.DEFAULT));
        if (!problems.isEmpty() || tenant == null || kandji == null || lake == null) {
            throw new ConfigurationException(problems);
        }
        return new Settings(
                tenant,
                kandji,
                budget,
                lake,
                rejects,
                guard,
                details,
                retention,
                slotLength,
                migrate,
                text("kandji.job-name"),
                runBy());
    }

    private @Nullable String subdomain() {
        String text = lower("kandji.subdomain");
        if (text == null) {
            if (text("kandji.base-url") == null) {
                problem(
                        "KANDJI_SUBDOMAIN",
                        "is not set",
                        "Set it to the first part of your tenant's address: for https://acme.kandji.io it is acme");
            }
            return null;
        }
        if (TenantAddress.isLabel(text)) {
            return text;
        }
        problem(
                "KANDJI_SUBDOMAIN",
                TenantAddress.explainPastedHost(text)
                        .orElse("'" + text + "' is no subdomain: letters, digits and hyphens, 63 at most"),
                "It is the first part of your tenant's address");
        return null;
    }

    private @Nullable String tenant(@Nullable String subdomain) {
        String name = lower("kandji.tenant");
        if (name == null) {
            name = subdomain;
        }
        if (name == null && text("kandji.base-url") != null) {
            problem(
                    "KANDJI_TENANT",
                    "is not set",
                    "With KANDJI_BASE_URL, set it to what the tenant is to be called in tables");
        } else if (name != null && !TENANT.matcher(name).matches()) {
            problem(
                    "KANDJI_TENANT",
                    "'" + name + "' can't be a name in paths",
                    "Use letters, digits, hyphens and dots, 63 at most");
        }
        return name;
    }

    private @Nullable URI root(@Nullable String subdomain) {
        String base = text("kandji.base-url");
        if (base != null) {
            return checked("KANDJI_BASE_URL", () -> parse(base));
        }
        String region = lower("kandji.region");
        String domain = lower("kandji.domain");
        if (region == null) {
            problem(
                    "KANDJI_REGION",
                    "is not set",
                    "Set it to us or eu, as in your tenant's API address: SUB.api.eu.kandji.io is eu");
        } else if (!TenantAddress.REGIONS.contains(region)) {
            problem("KANDJI_REGION", "'" + region + "' is no region", "Set it to us or eu");
        }
        if (domain != null && !TenantAddress.DOMAINS.contains(domain)) {
            problem(
                    "KANDJI_DOMAIN",
                    "'" + domain + "' is no domain of the API",
                    "Set it to kandji.io or iru.com, or leave it out");
        }
        return subdomain == null || region == null || !problems.isEmpty()
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
        String token = text("kandji.api-token");
        if (token == null) {
            problem(
                    "KANDJI_API_TOKEN",
                    "is not set",
                    "Set it, or the file kandji-api-token in KANDJI_SECRETS_DIR, to a token with the permissions Device list"
                            + " and Device details");
            return null;
        }
        return checked("KANDJI_API_TOKEN", () -> ApiToken.of(token));
    }

    private @Nullable LakeUri lake() {
        String uri = text("lake.uri");
        if (uri == null) {
            problem(
                    "LAKE_URI",
                    "is not set",
                    "Set it to a folder like file:///var/lib/kandji-lake, or to none for PostgreSQL alone");
            return null;
        }
        return checked("LAKE_URI", () -> {
            LakeUri parsed = LakeUri.parse(uri);
            if (!parsed.isNone()) {
                Lake.at(parsed); // Says so now where this build can't write there.
            }
            return parsed;
        });
    }

    private void checkDataSource() {
        String url = text("spring.datasource.url");
        if (url == null) {
            problem(
                    "SPRING_DATASOURCE_URL",
                    "is not set",
                    "Set it to a JDBC URL like jdbc:postgresql://HOST:5432/DATABASE");
        } else if (!url.startsWith("jdbc:postgresql:")) {
            problem("SPRING_DATASOURCE_URL", "does not name a PostgreSQL database", "It begins with jdbc:postgresql:");
        } else if (URL_WITH_SECRET.matcher(url).find()) {
            problem(
                    "SPRING_DATASOURCE_URL",
                    "holds a user or a password",
                    "Give them as SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, which are never shown");
        } else if (Driver.parseURL(url, null) == null) {
            problem(
                    "SPRING_DATASOURCE_URL",
                    "is no URL that the PostgreSQL driver understands",
                    "Set it to a JDBC URL like jdbc:postgresql://HOST:5432/DATABASE");
        }
    }

    private RejectLimits rejects() {
        double percent = setting("kandji.rejects.max-percent", Double.class, RejectLimits.STANDARD.maxPercent());
        long records = setting("kandji.rejects.max-records", Long.class, RejectLimits.STANDARD.maxRecords());
        checkPercentage("kandji.rejects.max-percent", percent);
        checkNotNegative("kandji.rejects.max-records", records);
        return new RejectLimits(percent, records);
    }

    private ArchivalGuard guard() {
        ArchivalGuard standard = ArchivalGuard.STANDARD;
        double percent = setting("kandji.guard.max-archived-percent", Double.class, standard.maxPercent());
        long devices = setting("kandji.guard.max-archived-devices", Long.class, standard.maxDevices());
        checkPercentage("kandji.guard.max-archived-percent", percent);
        checkNotNegative("kandji.guard.max-archived-devices", devices);
        return new ArchivalGuard(percent, devices);
    }

    private void checkPercentage(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            problem(variable(name), "is no percentage", "Set it to a number from 0 to 100");
        }
    }

    private void checkNotNegative(String name, long value) {
        if (value < 0) {
            problem(variable(name), "is negative", "Set it to a number from 0");
        }
    }

    private DetailsSettings details() {
        DetailsSettings standard = DetailsSettings.STANDARD;
        Long most = text("kandji.details.requests-per-run") == null
                ? null
                : Long.valueOf(number("kandji.details.requests-per-run", 0, 0, Integer.MAX_VALUE));
        return new DetailsSettings(
                period("kandji.details.max-age", standard.maxAge(), Duration.ofDays(365)),
                most,
                period("kandji.details.time-limit", standard.timeLimit(), Duration.ofHours(24)),
                number("kandji.max-concurrent-requests", standard.concurrent(), 1, 100));
    }

    private Duration period(String name, Duration fallback, Duration most) {
        Duration value = setting(name, Duration.class, fallback);
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            problem(variable(name), "is not from 1s to " + most.toHours() + "h", "The default is " + fallback);
        }
        return value;
    }

    private RetentionSettings retention() {
        RetentionSettings standard = RetentionSettings.STANDARD;
        return new RetentionSettings(
                kept("kandji.retention.history", null),
                kept("kandji.retention.lake", null),
                kept("kandji.retention.runs", null),
                keptForATime("kandji.retention.batch", standard.batch()),
                keptForATime("kandji.retention.rejects", standard.rejects()));
    }

    private Duration keptForATime(String name, Duration fallback) {
        Duration period = kept(name, fallback);
        return period == null ? fallback : period;
    }

    /** A slip of the keyboard would delete what does not come back: no unit but the day, and 7 of them at least. */
    private @Nullable Duration kept(String name, @Nullable Duration fallback) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        Matcher days = DAYS.matcher(text);
        if (!days.matches() || Integer.parseInt(days.group(1)) < LEAST_DAYS_KEPT) {
            problem(
                    variable(name),
                    "'" + text + "' is no period of " + LEAST_DAYS_KEPT + "d to 99999d",
                    "Set it to days, for example 730d"
                            + (fallback == null
                                    ? ", or leave it out: then all of it is kept"
                                    : "; the default is " + fallback.toDays() + "d"));
            return fallback;
        }
        return Duration.ofDays(Integer.parseInt(days.group(1)));
    }

    private Duration slotLength() {
        Duration length = setting("kandji.slot-length", Duration.class, Duration.ofHours(2));
        if (length.compareTo(Duration.ofMinutes(1)) < 0
                || length.compareTo(Duration.ofHours(24)) > 0
                || length.toMillis() % 1_000 != 0) {
            problem(
                    "KANDJI_SLOT_LENGTH",
                    "is not from 1m to 24h in whole seconds",
                    "Set it to the CronJob's period, for example 2h");
        }
        return length;
    }

    private BudgetLimits budget() {
        int perHour =
                number("kandji.requests-per-hour", BudgetLimits.STANDARD.requestsPerHour(), 1, MAX_REQUESTS_PER_HOUR);
        Duration deadline = setting("kandji.run-deadline", Duration.class, BudgetLimits.STANDARD.runDeadline());
        if (deadline.compareTo(Duration.ofMinutes(1)) < 0 || deadline.compareTo(Duration.ofHours(24)) > 0) {
            problem(
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
            problem(
                    "KANDJI_JOB",
                    "there is no jobs/" + job + ".yaml",
                    "Set it to the name of a file of jobs/, without its ending");
        }
    }

    private String runBy() {
        String host = text("kandji.hostname");
        return host == null ? "localhost" : host;
    }

    private int number(String name, int fallback, int least, int most) {
        int value = setting(name, Integer.class, fallback);
        if (value < least || value > most) {
            problem(variable(name), "is " + value, "Set it to a number from " + least + " to " + most);
        }
        return Math.clamp(value, least, most);
    }

    private <T> T setting(String name, Class<T> type, T fallback) {
        if (text(name) == null) {
            return fallback;
        }
        try {
            return binder.bind(name, type).orElse(fallback);
        } catch (BindException e) {
            problem(variable(name), "'" + text(name) + "' is no " + typeName(type), "The default is " + fallback);
            return fallback;
        }
    }

    private static String typeName(Class<?> type) {
        if (type == Duration.class) {
            return "period of time like 90m or 2h";
        }
        return type == Boolean.class ? "true or false" : "number";
    }

    private @Nullable String lower(String name) {
        String text = text(name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private @Nullable String text(String name) {
        String text = bound(name);
        MisplacedToken.find(name, text, bound("kandji.api-token")).ifPresent(problem -> {
            throw new ConfigurationException(List.of(problem)); // Alone: other messages may show the value.
        });
        return text.isEmpty() ? null : text;
    }

    private String bound(String name) {
        return binder.bind(name, String.class).orElse("").strip();
    }

    private <T> @Nullable T checked(String setting, Supplier<T> value) {
        try {
            return value.get();
        } catch (FailureException e) {
            problem(setting, e.getMessage() == null ? "is wrong" : e.getMessage(), e.remedy());
            return null;
        }
    }

    private void problem(String setting, String what, String remedy) {
        problems.add(new SettingProblem(setting, what, remedy));
    }

    static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
