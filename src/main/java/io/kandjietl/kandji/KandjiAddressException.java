package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/**
 * What answers at the configured address is not the API: it knows no such endpoint, sends us elsewhere, or does not
 * accept the request. Trying again can't help: somebody has to change the address. Ends with
 * {@link ExitCode#CONFIGURATION}.
 */
public final class KandjiAddressException extends FailureException {

    private static final long serialVersionUID = 1L;

    KandjiAddressException(String message, String remedy) {
        super(ExitCode.CONFIGURATION, message, remedy, null);
    }
}
