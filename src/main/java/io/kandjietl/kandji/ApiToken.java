package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.util.regex.Pattern;

/**
 * The secret that the tenant knows us by. Its text leaves this package in one place only, the request's header;
 * {@link #toString()} never shows it.
 */
public final class ApiToken {

    /** Real ones have 36 characters; the bound keeps a file pasted by mistake out of a header. */
    private static final int MAX_LENGTH = 1024;

    private static final String REMEDY = "Set KANDJI_API_TOKEN, or the file kandji-api-token in KANDJI_SECRETS_DIR, to"
            + " the token that Kandji showed when it was made, and to nothing else.";

    private final String value;

    private final Pattern occurrence;

    private ApiToken(String value) {
        this.value = value;
        this.occurrence = Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE);
    }

    /**
     * Takes a token as a person or a file gives it: white space around it, a line break above all, is dropped.
     *
     * @throws FailureException with {@link ExitCode#CONFIGURATION} when it is blank, or can't be sent in a header
     */
    public static ApiToken of(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new FailureException(ExitCode.CONFIGURATION, "Invalid API token: it is blank", REMEDY, null);
        }
        if (value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "Invalid API token: it holds a space, a line break or another character that no token has,"
                            + " or is longer than " + MAX_LENGTH + " characters",
                    REMEDY,
                    null);
        }
        return new ApiToken(value);
    }

    /** The value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + value;
    }

    /** The text without the token, in whatever case an answer echoes it. */
    String redact(String text) {
        return occurrence.matcher(text).replaceAll("[token]");
    }

    /** Whether an exception, or what caused it, tells the token: then it must not be passed on. */
    boolean isToldBy(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < 50; depth++) {
            if (occurrence.matcher(String.valueOf(current)).find()) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "ApiToken[hidden]";
    }
}
