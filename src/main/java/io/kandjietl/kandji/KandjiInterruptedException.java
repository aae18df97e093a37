package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/**
 * The thread was interrupted while it waited for Kandji: somebody stops the run. The request is abandoned and the
 * thread's interrupt flag is set again. Ends with {@link ExitCode#TRY_LATER}.
 */
public final class KandjiInterruptedException extends FailureException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param request what was abandoned
     */
    public KandjiInterruptedException(String request, InterruptedException cause) {
        super(
                ExitCode.TRY_LATER,
                "Stopped while waiting for Kandji: " + request + " was abandoned",
                "Run the same command again.",
                cause);
    }
}
