package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds out which region and domain answer for a subdomain: people set the wrong one. */
final class AddressCheck {

    private final Predicate<URI> answers;

    /**
     * Makes the check.
     *
     * @param answers whether the API answers there; asked without a token
     */
    AddressCheck(Predicate<URI> answers) {
        this.answers = answers;
    }

    /**
     * Which addresses answer.
     *
     * @param configured the address that is set
     * @param alternatives it and the others, by what to set
     * @return in words
     * @throws FailureException when the one that is set does not answer
     */
    String found(URI configured, Map<URI, String> alternatives) {
        List<URI> found = alternatives.keySet().stream().filter(answers).toList();
        if (found.contains(configured)) {
            return configured.getHost() + " answers"
                    + (found.size() == 1
                            ? ", and no other region or domain"
                            : "; so do "
                                    + String.join(
                                            ", ",
                                            found.stream()
                                                    .filter(root -> !root.equals(configured))
                                                    .map(URI::getHost)
                                                    .toList()));
        }
        if (found.isEmpty()) {
            throw new FailureException(
                    ExitCode.UNAVAILABLE,
                    "Could not reach Kandji: the API answers for this subdomain in no region and under no domain",
                    "See KANDJI_SUBDOMAIN, and whether this machine may reach the internet",
                    null);
        }
        throw new FailureException(
                ExitCode.CONFIGURATION,
                "API endpoint not found (wrong subdomain or region): " + configured.getHost() + " does not answer, but "
                        + found.getFirst().getHost() + " does",
                "Set " + alternatives.get(found.getFirst()),
                null);
    }
}
