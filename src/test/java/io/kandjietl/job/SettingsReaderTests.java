package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.lake.S3Settings;
import io.kandjietl.telemetry.TelemetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsReaderTests {

    private static final String TOKEN = "11111111-2222-4333-8444-555555555555";

    private static final Map<String, String> COMPLETE = Map.of(
            "KANDJI_SUBDOMAIN", "acme",
            "KANDJI_REGION", "eu",
            "KANDJI_API_TOKEN", TOKEN,
            "SPRING_DATASOURCE_URL", "jdbc:postgresql://db/warehouse",
            "LAKE_URI", "file:///lake");

    @Test
    void aCompleteConfigurationHasTheDefaultsThatShip() {
        Settings settings = read(COMPLETE);

        assertThat(settings.tenant()).isEqualTo("acme");
        assertThat(settings.kandji().root()).hasToString("https://acme.api.eu.kandji.io");
        assertThat(settings.kandji().pageSize()).isEqualTo(300);
        assertThat(settings.kandji().requestsPerSecond()).isEqualTo(20);
        assertThat(settings.budget()).isEqualTo(new BudgetLimits(5_000, Duration.ofMinutes(100)));
        assertThat(settings.rejects().maxPercent()).isEqualTo(1.0);
        assertThat(settings.rejects().maxRecords()).isEqualTo(10);
        assertThat(settings.details())
                .isEqualTo(new DetailsSettings(Duration.ofHours(24), null, Duration.ofMinutes(75), 8));
        assertThat(settings.slotLength()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.s3()).isEqualTo(S3Settings.STANDARD);
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(null, null, null, Duration.ofDays(90), Duration.ofDays(90)));
        assertThat(settings.telemetry()).isEqualTo(TelemetrySettings.NONE);
        assertThat(settings.migrateOnStart()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "us, kandji.io, https://acme.api.kandji.io",
        "eu, kandji.io, https://acme.api.eu.kandji.io",
        "us, iru.com, https://acme.api.iru.com",
        "EU, IRU.com, https://acme.api.eu.iru.com",
    })
    void theHostFollowsFromSubdomainRegionAndDomain(String region, String domain, String root) {
        Settings settings = read(with(Map.of("KANDJI_REGION", region, "KANDJI_DOMAIN", domain)));

        assertThat(settings.kandji().root()).hasToString(root);
    }

    @Test
    void everySettingCanBeSetByItsVariable() {
        assertSetting("KANDJI_TENANT", "acme-eu", Settings::tenant, "acme-eu");
        assertSetting("KANDJI_PAGE_SIZE", "100", settings -> settings.kandji().pageSize(), 100);
        assertSetting(
                "KANDJI_REQUESTS_PER_SECOND", "5", settings -> settings.kandji().requestsPerSecond(), 5);
        assertSetting(
                "KANDJI_REQUESTS_PER_HOUR", "800", settings -> settings.budget().requestsPerHour(), 800);
        assertSetting(
                "KANDJI_RUN_DEADLINE", "50m", settings -> settings.budget().runDeadline(), Duration.ofMinutes(50));
        assertSetting("KANDJI_SLOT_LENGTH", "30m", Settings::slotLength, Duration.ofMinutes(30));
        assertSetting(
                "KANDJI_REJECTS_MAX_PERCENT",
                "2.5",
                settings -> settings.rejects().maxPercent(),
                2.5);
        assertSetting(
                "KANDJI_REJECTS_MAX_RECORDS",
                "50",
                settings -> settings.rejects().maxRecords(),
                50L);
        assertSetting(
                "KANDJI_MAX_CONCURRENT_REQUESTS",
                "4",
                settings -> settings.details().concurrent(),
                4);
        assertSetting(
                "KANDJI_DETAILS_MAX_AGE", "12h", settings -> settings.details().maxAge(), Duration.ofHours(12));
        assertSetting(
                "KANDJI_DETAILS_REQUESTS_PER_RUN",
                "100",
                settings -> settings.details().requestsPerRun(),
                100L);
        assertSetting(
                "KANDJI_DETAILS_TIME_LIMIT",
                "10m",
                settings -> settings.details().timeLimit(),
                Duration.ofMinutes(10));
        assertSetting(
                "KANDJI_RETENTION_HISTORY",
                "730d",
                settings -> settings.retention().history(),
                Duration.ofDays(730));
        assertSetting(
                "KANDJI_RETENTION_LAKE",
                "400d",
                settings -> settings.retention().lake(),
                Duration.ofDays(400));
        assertSetting(
                "KANDJI_RETENTION_RUNS",
                "365d",
                settings -> settings.retention().runs(),
                Duration.ofDays(365));
        assertSetting(
                "KANDJI_RETENTION_BATCH", "7d", settings -> settings.retention().batch(), Duration.ofDays(7));
        assertSetting(
                "KANDJI_RETENTION_REJECTS",
                "30d",
                settings -> settings.retention().rejects(),
                Duration.ofDays(30));
        assertSetting(
                "KANDJI_LAKE_S3_ENDPOINT",
                "https://s3.example.com",
                settings -> String.valueOf(settings.s3().endpoint()),
                "https://s3.example.com");
        assertSetting(
                "KANDJI_LAKE_S3_REGION",
                "eu-central-1",
                settings -> String.valueOf(settings.s3().region()),
                "eu-central-1");
        assertSetting(
                "KANDJI_LAKE_S3_PATH_STYLE", "true", settings -> settings.s3().pathStyle(), true);
        assertSetting(
                "KANDJI_LAKE_S3_ENCRYPTION",
                "SSE-KMS",
                settings -> settings.s3().encryption(),
                S3Settings.Encryption.SSE_KMS);
        assertThat(read(with(Map.of(
                                "KANDJI_LAKE_S3_ENCRYPTION",
                                "dsse-kms",
                                "KANDJI_LAKE_S3_ENCRYPTION_KEY",
                                "alias/lake")))
                        .s3())
                .isEqualTo(new S3Settings(null, null, false, S3Settings.Encryption.DSSE_KMS, "alias/lake"));
        assertSetting(
                "KANDJI_METRICS_PUSHGATEWAY",
                "http://pushgateway:9091/",
                Settings::telemetry,
                new TelemetrySettings(URI.create("http://pushgateway:9091"), null));
        assertSetting(
                "KANDJI_OTLP_ENDPOINT",
                "https://otlp.example.com/otlp",
                Settings::telemetry,
                new TelemetrySettings(null, URI.create("https://otlp.example.com/otlp")));
        assertSetting("KANDJI_MIGRATE_ON_START", "false", Settings::migrateOnStart, false);
        assertSetting(
                "KANDJI_BASE_URL",
                "http://localhost:8080",
                settings -> settings.kandji().root().toString(),
                "http://localhost:8080");
    }

    @Test
    void asManyDetailsAreAskedForAsFitIntoTheTimeOrAsIsSaid() {
        DetailsSettings standard = DetailsSettings.STANDARD;

        assertThat(standard.most(20)).isEqualTo(90_000);
        assertThat(new DetailsSettings(standard.maxAge(), 100L, standard.timeLimit(), 8).most(20))
                .isEqualTo(100);
        assertThat(new DetailsSettings(standard.maxAge(), 100_000L, standard.timeLimit(), 8).most(20))
                .isEqualTo(90_000);
    }

    @Test
    void oneMessageListsEverythingThatIsMissing() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("""
                        5 settings are wrong:
                          KANDJI_SUBDOMAIN: is not set. Set it to the first part of your tenant's address: for \
                        https://acme.kandji.io it is acme
                          KANDJI_REGION: is not set. Set it to us or eu, as in your tenant's API address: \
                        SUB.api.eu.kandji.io is eu
                          KANDJI_API_TOKEN: is not set. Set it, or the file kandji-api-token in KANDJI_SECRETS_DIR, to a \
                        token with the permissions Device list and Device details
                          SPRING_DATASOURCE_URL: is not set. Set it to a JDBC URL like jdbc:postgresql://HOST:5432/DATABASE
                          LAKE_URI: is not set. Set it to a folder like file:///var/lib/kandji-lake, or to none for \
                        PostgreSQL alone""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://acme.api.eu.kandji.io/api/v1 | for acme.api.eu.kandji.io enter acme, and set the region to eu",
                "acme.api.kandji.io | for acme.api.kandji.io enter acme, and set the region to us",
                "acme.kandji.io | for acme.kandji.io enter acme",
                "HTTPS://ACME.kandji.io/ | for acme.kandji.io enter acme",
                "acme.iru.com | for acme.iru.com enter acme, and the domain to iru.com",
                "acme.api.eu.iru.com | for acme.api.eu.iru.com enter acme, and set the region to eu, and the domain to iru.com",
                "kandji.io | kandji.io names no tenant",
                "evil.example/acme | for acme.api.kandji.io enter acme",
                "acme@evil.example | for acme.api.kandji.io enter acme",
            })
    void aPastedUrlOrHostIsExplained(String pasted, String explained) {
        assertThatThrownBy(() -> read(with(Map.of("KANDJI_SUBDOMAIN", pasted))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("KANDJI_SUBDOMAIN: Enter only your subdomain, not the full URL: " + explained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme corp", "acme_corp", "-acme", "ac,me", "ümlaut"})
    void aSubdomainIsADnsLabelAndNothingElse(String wrong) {
        assertThatThrownBy(() -> read(with(Map.of("KANDJI_SUBDOMAIN", wrong))))
                .hasMessageContaining("KANDJI_SUBDOMAIN: '" + wrong + "' is no subdomain");
    }

    @Test
    void aTokenWithALineBreakAroundItIsTrimmed() {
        assertThat(read(with(Map.of("KANDJI_API_TOKEN", " " + TOKEN + "\n")))).isNotNull();
    }

    @Test
    void aTokenThatCantBeOneIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> read(with(Map.of("KANDJI_API_TOKEN", "swordfish and more"))))
                .hasMessageContaining("KANDJI_API_TOKEN")
                .hasMessageNotContaining("swordfish");
    }

    @ParameterizedTest
    @CsvSource({
        "KANDJI_SUBDOMAIN, 11111111-2222-4333-8444-555555555555",
        "KANDJI_SUBDOMAIN, 99999999-2222-4333-8444-AAAAAAAAAAAA",
        "KANDJI_REGION, 99999999-2222-4333-8444-aaaaaaaaaaaa",
        "KANDJI_BASE_URL, 99999999-2222-4333-8444-aaaaaaaaaaaa",
        "KANDJI_BASE_URL, https://11111111-2222-4333-8444-555555555555@acme.api.kandji.io",
        "KANDJI_TENANT, 11111111-2222-4333-8444-555555555555",
        "LAKE_URI, file:///lake/11111111-2222-4333-8444-555555555555",
        "KANDJI_PAGE_SIZE, 11111111-2222-4333-8444-555555555555",
        "KANDJI_METRICS_PUSHGATEWAY, http://pushgateway/11111111-2222-4333-8444-555555555555",
        "KANDJI_OTLP_ENDPOINT, http://collector/11111111-2222-4333-8444-555555555555",
    })
    void aTokenThatIsPastedElsewhereIsRefusedWithoutBeingShown(String variable, String value) {
        assertThatThrownBy(() -> read(with(Map.of(variable, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("A setting is wrong:\n  " + variable
                        + ": holds an API token. Give the token as KANDJI_API_TOKEN, or as the file kandji-api-token in"
                        + " KANDJI_SECRETS_DIR, and nowhere else; if others can read where it stood, make a new one");
    }

    @Test
    void aTokenThatIsPastedAsSubdomainOnlyIsToldAsWell() {
        Map<String, String> variables = new HashMap<>(COMPLETE);
        variables.remove("KANDJI_API_TOKEN");
        variables.put("KANDJI_SUBDOMAIN", TOKEN);

        assertThatThrownBy(() -> read(variables))
                .hasMessageContaining("KANDJI_SUBDOMAIN: holds an API token")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void aTenantMayBeCalledAfterItsId() {
        String id = "99999999-2222-4333-8444-aaaaaaaaaaaa";

        assertThat(read(with(Map.of("KANDJI_TENANT", id))).tenant()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://etl:swordfish@db/warehouse",
                "jdbc:postgresql://db/warehouse?user=etl&password=swordfish",
                "jdbc:postgresql://db:swordfish/warehouse"
            })
    void aDatabaseUrlThatHoldsASecretOrIsNoneIsRefusedWithoutBeingShown(String url) {
        assertThatThrownBy(() -> read(with(Map.of("SPRING_DATASOURCE_URL", url))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SPRING_DATASOURCE_URL")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void noSettingTellsTheToken() {
        assertThat(read(COMPLETE).toString()).doesNotContain(TOKEN);
    }

    @Test
    void whereTelemetryGoesIsToldAmongAllThatIsWrong() {
        assertThatThrownBy(() -> read(with(Map.of(
                        "KANDJI_PAGE_SIZE", "0",
                        "KANDJI_METRICS_PUSHGATEWAY", "http://etl:swordfish@pushgateway",
                        "KANDJI_OTLP_ENDPOINT", "collector:4318"))))
                .hasMessageStartingWith("3 settings are wrong:")
                .hasMessageContainingAll("KANDJI_PAGE_SIZE", "KANDJI_METRICS_PUSHGATEWAY", "KANDJI_OTLP_ENDPOINT")
                .hasMessageNotContaining("swordfish");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "KANDJI_REGION | asia | 'asia' is no region. Set it to us or eu",
                "KANDJI_DOMAIN | example.com | 'example.com' is no domain of the API",
                "KANDJI_PAGE_SIZE | many | 'many' is no number. The default is 300",
                "KANDJI_PAGE_SIZE | 301 | is 301. Set it to a number from 1 to 300",
                "KANDJI_REQUESTS_PER_SECOND | 0 | is 0. Set it to a number from 1 to 1000",
                "KANDJI_REQUESTS_PER_HOUR | 0 | is 0. Set it to a number from 1 to 100000",
                "KANDJI_REQUESTS_PER_HOUR | 100001 | is 100001. Set it to a number from 1 to 100000",
                "KANDJI_RUN_DEADLINE | 59s | is not from 1m to 24h",
                "KANDJI_RUN_DEADLINE | 2d | is not from 1m to 24h",
                "KANDJI_SLOT_LENGTH | soon | 'soon' is no period of time like 90m or 2h. The default is PT2H",
                "KANDJI_SLOT_LENGTH | 3d | is not from 1m to 24h in whole seconds",
                "KANDJI_MAX_CONCURRENT_REQUESTS | 0 | is 0. Set it to a number from 1 to 100",
                "KANDJI_DETAILS_MAX_AGE | 0s | is not from 1s to 8760h. The default is PT24H",
                "KANDJI_DETAILS_REQUESTS_PER_RUN | -1 | is -1. Set it to a number from 0 to 2147483647",
                "KANDJI_DETAILS_TIME_LIMIT | 2d | is not from 1s to 24h. The default is PT1H15M",
                "KANDJI_REJECTS_MAX_PERCENT | 101 | is no percentage",
                "KANDJI_REJECTS_MAX_RECORDS | -1 | is negative",
                "KANDJI_RETENTION_HISTORY | 6d | '6d' is no period of 7d to 99999d. Set it to days, for example 730d, or leave",
                "KANDJI_RETENTION_LAKE | 730 | '730' is no period of 7d to 99999d",
                "KANDJI_RETENTION_RUNS | 24h | '24h' is no period of 7d to 99999d",
                "KANDJI_RETENTION_BATCH | 0d | '0d' is no period of 7d to 99999d. Set it to days, for example 730d; the",
                "KANDJI_RETENTION_REJECTS | -9d | '-9d' is no period of 7d to 99999d",
                "KANDJI_LAKE_S3_ENDPOINT | http://s3.example.com | is no root of a store like https://s3.example.com",
                "KANDJI_LAKE_S3_ENDPOINT | https://key:secret@s3.example.com | credentials are not part of it",
                "KANDJI_LAKE_S3_REGION | EU Frankfurt | 'EU Frankfurt' is no region",
                "KANDJI_LAKE_S3_PATH_STYLE | perhaps | 'perhaps' is no true or false",
                "KANDJI_LAKE_S3_ENCRYPTION | rot13 | 'rot13' is no server-side encryption. Set it to sse-s3, sse-kms, dsse-kms",
                "KANDJI_LAKE_S3_ENCRYPTION_KEY | alias/lake | is set, and the encryption takes no key",
                "KANDJI_METRICS_PUSHGATEWAY | pushgateway:9091 | is no root of a Pushgateway like http://pushgateway:9091. Set it to one",
                "KANDJI_METRICS_PUSHGATEWAY | http://etl:secret@pushgateway | without user, password, query",
                "KANDJI_METRICS_PUSHGATEWAY | ftp://pushgateway | is no root of a Pushgateway",
                "KANDJI_OTLP_ENDPOINT | collector | is no root of an OTLP/HTTP collector like http://collector:4318",
                "KANDJI_OTLP_ENDPOINT | http://collector:4318/v1/traces | and what follows the root; or leave it out",
                "KANDJI_OTLP_ENDPOINT | https://collector?key=secret | is no root of an OTLP/HTTP collector",
                "KANDJI_MIGRATE_ON_START | perhaps | 'perhaps' is no true or false",
                "KANDJI_TENANT | ../acme | '../acme' can't be a name in paths",
                "KANDJI_BASE_URL | http://acme.api.kandji.io | KANDJI_BASE_URL",
                "SPRING_DATASOURCE_URL | jdbc:mysql://db/x | does not name a PostgreSQL database",
                "KANDJI_JOB | missing | there is no jobs/missing.yaml",
            })
    void aWrongValueIsNamedWithItsRemedy(String variable, String value, String message) {
        assertThatThrownBy(() -> read(with(Map.of(variable, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining(message);
    }

    @Test
    void aTokenThatIsASecretsKeyNamesTheKeyThatIsMissing() {
        Map<String, String> variables = with(Map.of("KANDJI_API_TOKEN", "${kandji-api-token-globex}"));

        assertThatThrownBy(() -> read(variables))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("A setting is wrong:")
                .hasMessageContaining(
                        "KANDJI_API_TOKEN: is ${kandji-api-token-globex}, and there is no kandji-api-token-globex."
                                + " Add the key kandji-api-token-globex to the Secret");

        variables.put("kandji-api-token-globex", TOKEN);
        assertThat(read(variables).tenant()).isEqualTo("acme");
    }

    @Test
    void aPasswordThatIsASecretsKeyNamesTheKeyThatIsMissing() {
        assertThatThrownBy(() -> read(with(Map.of("SPRING_DATASOURCE_PASSWORD", "${database-password-globex}"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SPRING_DATASOURCE_PASSWORD: is ${database-password-globex}, and there is no"
                        + " database-password-globex");
        assertThat(read(with(Map.of("SPRING_DATASOURCE_PASSWORD", "pa${ss}word")))
                        .tenant())
                .as("a password that looks a little like one")
                .isEqualTo("acme");
    }

    @Test
    void aBaseUrlNeedsATenantsName() {
        Map<String, String> variables = new HashMap<>(COMPLETE);
        variables.remove("KANDJI_SUBDOMAIN");
        variables.put("KANDJI_BASE_URL", "https://gateway.example.com");

        assertThatThrownBy(() -> read(variables)).hasMessageContaining("KANDJI_TENANT: is not set");
    }

    private static <T> void assertSetting(String variable, String value, Function<Settings, T> setting, T expected) {
        assertThat(setting.apply(read(with(Map.of(variable, value)))))
                .as(variable)
                .isEqualTo(expected);
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(COMPLETE);
        variables.putAll(more);
        return variables;
    }

    private static Settings read(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource("systemEnvironment", new HashMap<>(variables)));
        environment.getPropertySources().addLast(new MapPropertySource("file jobs/kandji-sync.yaml", Map.of()));
        return new SettingsReader(environment).read();
    }
}
