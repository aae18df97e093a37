package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kandji gave no usable answer, however often it was asked; it may later. Ends with {@link ExitCode#UNAVAILABLE}.
 */
public final class KandjiUnavailableException extends FailureException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant waitUntil;

    KandjiUnavailableException(String message, String remedy, @Nullable Instant waitUntil, @Nullable Throwable cause) {
        super(ExitCode.UNAVAILABLE, message, remedy, cause);
        this.waitUntil = waitUntil;
    }

    /**
     * Until when no request may be made, where that is too far away for a request's tries to wait for it: Kandji asked for it
     * ({@code Retry-After}), or the requests of the hour are used up.
     */
    public Optional<Instant> waitUntil() {
        return Optional.ofNullable(waitUntil);
    }
}
