package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/** A command asks for what can't be: a slot in the future, for example. */
public final class UsageException extends FailureException {

    private static final long serialVersionUID = 1L;

    /** Makes it. */
    public UsageException(String message, String remedy) {
        super(ExitCode.USAGE, message, remedy, null);
    }
}
