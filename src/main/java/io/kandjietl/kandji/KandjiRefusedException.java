package io.kandjietl.kandji;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/**
 * Kandji refused the token or the permission. It never means that there are no devices, and trying again can't help:
 * somebody has to change the token. Ends with {@link ExitCode#REFUSED}.
 */
public final class KandjiRefusedException extends FailureException {

    private static final long serialVersionUID = 1L;

    KandjiRefusedException(String message, String remedy) {
        super(ExitCode.REFUSED, message, remedy, null);
    }
}
