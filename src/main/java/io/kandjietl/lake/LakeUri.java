package io.kandjietl.lake;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The setting {@code LAKE_URI}, checked: the folder that the lake is in, on a local disk ({@code file:}), in HDFS
 * ({@code hdfs:}) or in S3 ({@code s3a:}), or {@code none}. It never holds credentials.
 *
 * @param root the folder, without a slash at its end; null when nothing is published to a lake
 */
public record LakeUri(@Nullable URI root) {

    /** No lake: a run publishes to PostgreSQL alone. */
    public static final LakeUri NONE = new LakeUri(null);

    static final String FILE = "file";
    static final String HDFS = "hdfs";
    static final String S3A = "s3a";

    private static final Set<String> SCHEMES = Set.of(FILE, HDFS, S3A);
    private static final Pattern TRAILING_SLASHES = Pattern.compile("(?<=[^:/])/+$");
    private static final String EXAMPLES =
            "Write file:///FOLDER, hdfs://NAMENODE/FOLDER, s3a://BUCKET/FOLDER, or none for PostgreSQL alone";

    /**
     * Checks the folder.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} when it can't be a lake
     */
    public LakeUri {
        if (root != null) {
            check(root);
        }
    }

    /**
     * Reads the setting's text. A slash at its end makes no difference.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} when it names no lake; message and remedy are whole
     *     sentences without the setting's name, and tell no user and no password
     */
    public static LakeUri parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        try {
            return new LakeUri(new URI(TRAILING_SLASHES.matcher(text).replaceFirst("")));
        } catch (URISyntaxException e) {
            throw wrong(
                    "The lake's URI is none: " + e.getReason() + " at position " + e.getIndex(),
                    EXAMPLES + ". A space is %20");
        }
    }

    /** Whether nothing is published to a lake. */
    public boolean isNone() {
        return root == null;
    }

    /** The text of the setting. */
    @Override
    public String toString() {
        return root == null ? "none" : root.toString();
    }

    private static void check(URI uri) {
        // First of all, so that no later message tells them; anywhere, for a password may have a slash in it.
        if (uri.toString().contains("@")) {
            throw wrong(
                    "The lake's URI holds a user or credentials",
                    "Leave out what stands before the @, and give credentials as the store expects them, for S3 as"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(
                    "The lake's URI has a ? or a # in it", "Leave that part out: a folder's URI ends with its path");
        }
        checkScheme(uri);
        checkPath(uri);
        checkAuthority(uri);
    }

    private static void checkScheme(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw wrong(
                    "'" + uri + "' has no scheme",
                    uri.getPath().startsWith("/") ? "For a folder of this machine write file://" + uri : EXAMPLES);
        }
        if (scheme.equals("s3") || scheme.equals("s3n")) {
            throw wrong(
                    "'" + uri + "' has the scheme " + scheme + ", which is another one",
                    "Write s3a:" + uri.getRawSchemeSpecificPart());
        }
        if (!SCHEMES.contains(scheme)) {
            throw wrong("'" + uri + "' has the scheme " + scheme + ", which no lake has", EXAMPLES);
        }
        if (uri.isOpaque()) {
            throw wrong("'" + uri + "' is no absolute path", "Write the whole path after " + scheme + "://");
        }
    }

    private static void checkPath(URI uri) {
        String path = uri.getRawPath();
        if (path.equals("/") && uri.getScheme().equals(FILE)) {
            throw wrong(
                    "'" + uri + "' is the root of the disk", "Name a folder, for example file:///var/lib/kandji-lake");
        }
        if (!uri.normalize().equals(uri) || path.contains("//") || path.endsWith("/")) {
            throw wrong("'" + uri + "' has a '.', a '..' or an empty name in its path", "Write the path without");
        }
    }

    private static void checkAuthority(URI uri) {
        String authority = uri.getRawAuthority();
        if (uri.getScheme().equals(FILE)) {
            if (authority != null) {
                throw wrong(
                        "'" + uri + "' names a host, '" + authority + "', not a folder of this machine",
                        "A file URI has three slashes: file:///" + authority + uri.getRawPath());
            }
        } else if (authority == null) {
            throw wrong("'" + uri + "' names no " + (uri.getScheme().equals(S3A) ? "bucket" : "name node"), EXAMPLES);
        }
    }

    private static FailureException wrong(String message, String remedy) {
        return new FailureException(ExitCode.CONFIGURATION, message, remedy, null);
    }
}
