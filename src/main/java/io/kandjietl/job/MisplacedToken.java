package io.kandjietl.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds an API token in a setting that is shown, sent or stored: what is pasted into the wrong field would be told in messages
 * and looked up in the DNS.
 */
final class MisplacedToken {

    private static final String TOKEN = "kandji.api-token";

    /** Real ones have 36 characters; a shorter text may stand in a setting by chance. */
    private static final int LEAST_LENGTH = 16;

    /** Settings in which nothing else looks like a token. */
    private static final List<String> ADDRESS =
            List.of("kandji.subdomain", "kandji.region", "kandji.domain", "kandji.base-url");

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private MisplacedToken() {}

    /**
     * What is wrong with a setting that holds a token, without showing it; empty where it holds none.
     *
     * @param name the property
     * @param value what it is set to
     * @param token what {@code kandji.api-token} is set to, empty for nothing
     */
    static Optional<SettingProblem> find(String name, String value, String token) {
        if (name.equals(TOKEN)) {
            return Optional.empty();
        }
        boolean isTheToken = token.length() >= LEAST_LENGTH
                && value.toLowerCase(Locale.ROOT).contains(token.toLowerCase(Locale.ROOT));
        return isTheToken || (ADDRESS.contains(name) && UUID.matcher(value).find())
                ? Optional.of(new SettingProblem(
                        SettingValues.variable(name),
                        "holds an API token",
                        "Give the token as KANDJI_API_TOKEN, or as the file kandji-api-token in KANDJI_SECRETS_DIR, and"
                                + " nowhere else; if others can read where it stood, make a new one"))
                : Optional.empty();
    }
}
