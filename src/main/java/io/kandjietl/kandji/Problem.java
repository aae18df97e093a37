package io.kandjietl.kandji;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one try of a request ended badly.
 *
 * @param kind what sort of problem
 * @param what what came, in words that follow "ended with"; one line, bounded, without the token
 * @param waitUntil until when the answer asks to wait, if it does
 */
record Problem(Kind kind, String what, @Nullable Instant waitUntil) {

    Problem(Kind kind, String what) {
        this(kind, what, null);
    }

    /** What sort of problem, by what mends it. */
    enum Kind {
        /** 401. */
        UNAUTHENTICATED,
        /** 403. */
        FORBIDDEN,
        /** 404. */
        NOT_FOUND,
        /** A redirect, or a 4xx that no rule is known for. */
        NOT_ACCEPTED,
        /** A certificate that is not to be trusted: asking again shows the same one. */
        UNTRUSTED,
        /** No address for the host: a wrong name, or a resolver in trouble. */
        UNKNOWN_HOST,
        /** No TLS connection: a wrong host, something in between, or trouble. */
        NO_TLS,
        /** Everything that passes by itself: rate limits, 5xx, resets, time-outs, broken answers. */
        TROUBLE;

        /** Whether the same request may do better in a moment. */
        boolean retryHelps() {
            return switch (this) {
                case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, NOT_ACCEPTED, UNTRUSTED -> false;
                case UNKNOWN_HOST, NO_TLS, TROUBLE -> true;
            };
        }
    }
}
