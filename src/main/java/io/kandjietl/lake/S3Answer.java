package io.kandjietl.lake;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What S3 answered, as Hadoop's connector passes it on: in words, with what helps nobody around it. */
final class S3Answer {

    /** The error's code stands at the end of what the connector says, after the service's own words. */
    private static final Pattern CODE = Pattern.compile("(?s)\\(Service: S3, Status Code: (\\d+).*:(\\w+)$");

    /** The connector's exception by name: its superclass is the SDK's, which is there at run time only. */
    private static final String NO_CREDENTIALS = "NoAuthWithAWSException";

    private S3Answer() {}

    /** The answer's status and code, in parentheses; empty where there is none. */
    static Optional<String> code(IOException failure) {
        Matcher code = CODE.matcher(String.valueOf(failure.getMessage()).strip());
        return code.find() ? Optional.of(" (" + code.group(2) + ", status " + code.group(1) + ")") : Optional.empty();
    }

    /** Whether nothing was asked, since the SDK's chain found no credentials; the connector calls that a denial, too. */
    static boolean isWithoutCredentials(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(NO_CREDENTIALS);
    }

    /** Whether the identity is known, and may not do what was asked. */
    static boolean isDenied(IOException failure) {
        return code(failure).filter(code -> code.contains("AccessDenied")).isPresent();
    }
}
