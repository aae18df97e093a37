package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/** Somebody ended the work on purpose; what was committed stands, and a restart goes on behind it. */
public final class StoppedException extends FailureException {

    private static final long serialVersionUID = 1L;

    private StoppedException(String by) {
        super(
                ExitCode.TRY_LATER,
                "Stopped by " + by + ": what was under way is given up, what was committed stands",
                "Run the same command again: it goes on where it stopped",
                null);
    }

    /** By a signal to the process: SIGTERM, as Kubernetes sends it, or SIGINT. */
    public static StoppedException bySignal() {
        return new StoppedException("a signal to the process");
    }

    /** By an operator's command. */
    static StoppedException byCommand() {
        return new StoppedException("the command stop");
    }
}
