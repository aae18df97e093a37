package io.kandjietl.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that an operator can act on. Its message says what failed, on which device, page or setting, and why; its
 * remedy says what mends it: a command or a setting. Neither ever holds a secret.
 */
public class FailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String remedy;

    /**
     * Makes a failure.
     *
     * @param exitCode what the process ends with
     * @param message what failed, on what, and why
     * @param remedy what the operator does about it
     * @param cause what was caught, or null
     */
    public FailureException(ExitCode exitCode, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    /** What the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What the operator does about it. */
    public String remedy() {
        return remedy;
    }
}
