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

    /** Until when Kandji asked not to be asked again, where its last answer said so ({@code Retry-After}). */
    public Optional<Instant> waitUntil() {
        return Optional.ofNullable(waitUntil);
    }
}
