package io.kandjietl.job;

import io.kandjietl.lake.LakeUri;
import io.kandjietl.lake.S3Settings;
import io.kandjietl.lake.S3Settings.Encryption;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where files go. */
final class LakeReader {

    private static final String ENDPOINT = "kandji.lake.s3.endpoint";
    private static final String REGION = "kandji.lake.s3.region";
    private static final String PATH_STYLE = "kandji.lake.s3.path-style";
    private static final String ENCRYPTION = "kandji.lake.s3.encryption";
    private static final String ENCRYPTION_KEY = "kandji.lake.s3.encryption-key";

    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final SettingValues values;

    LakeReader(SettingValues values) {
        this.values = values;
    }

    /** The lake; null where its setting is wrong. */
    @Nullable
    LakeUri uri() {
        String uri = values.text("lake.uri");
        if (uri == null) {
            values.problem(
                    "LAKE_URI",
                    "is not set",
                    "Set it to a folder like file:///var/lib/kandji-lake, or to none for PostgreSQL alone");
            return null;
        }
        return values.checked("LAKE_URI", () -> LakeUri.parse(uri));
    }

    /** How it is reached in S3. */
    S3Settings s3() {
        Encryption encryption = encryption();
        return new S3Settings(
                endpoint(),
                region(),
                values.setting(PATH_STYLE, Boolean.class, false),
                encryption,
                encryptionKey(encryption));
    }

    private @Nullable URI endpoint() {
        String text = values.text(ENDPOINT);
        if (text == null) {
            return null;
        }
        try {
            URI endpoint = new URI(text);
            boolean isRoot = endpoint.getHost() != null
                    && endpoint.getUserInfo() == null
                    && endpoint.getQuery() == null
                    && (endpoint.getPath().isEmpty() || endpoint.getPath().equals("/"));
            boolean isSafe = "https".equals(endpoint.getScheme())
                    || ("http".equals(endpoint.getScheme()) && LOOPBACK.contains(endpoint.getHost()));
            if (isRoot && isSafe) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // Told below: what is wrong with it may be a secret.
        }
        values.problem(
                SettingValues.variable(ENDPOINT),
                "is no root of a store like https://s3.example.com",
                "Leave it out for Amazon's S3; http is for this machine alone, and credentials are not part of it");
        return null;
    }

    private @Nullable String region() {
        String region = values.text(REGION);
        if (region != null && !REGION_NAME.matcher(region).matches()) {
            values.problem(
                    SettingValues.variable(REGION),
                    "'" + region + "' is no region",
                    "Set it to the bucket's, for example eu-central-1, or leave it out");
        }
        return region;
    }

    private @Nullable Encryption encryption() {
        String text = values.text(ENCRYPTION);
        if (text == null) {
            return null;
        }
        for (Encryption encryption : Encryption.values()) {
            if (encryption.code().equalsIgnoreCase(text)) {
                return encryption;
            }
        }
        values.problem(
                SettingValues.variable(ENCRYPTION),
                "'" + text + "' is no server-side encryption",
                "Set it to "
                        + String.join(
                                ", ",
                                Arrays.stream(Encryption.values())
                                        .map(Encryption::code)
                                        .toList())
                        + ", or leave it out for what the bucket does by itself");
        return null;
    }

    private @Nullable String encryptionKey(@Nullable Encryption encryption) {
        String key = values.text(ENCRYPTION_KEY);
        if (key != null && (encryption == null || !encryption.takesKey())) {
            values.problem(
                    SettingValues.variable(ENCRYPTION_KEY),
                    "is set, and the encryption takes no key",
                    "Set " + SettingValues.variable(ENCRYPTION) + " to sse-kms or dsse-kms, or leave the key out");
        }
        return key;
    }
}
