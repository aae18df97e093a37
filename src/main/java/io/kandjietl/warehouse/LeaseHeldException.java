package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/** Another process holds the tenant and did not give it back while this one waited. */
public final class LeaseHeldException extends FailureException {

    private static final long serialVersionUID = 1L;

    LeaseHeldException(String tenant, String holder, long waitedSeconds) {
        super(
                ExitCode.TRY_LATER,
                "Another run holds tenant '" + tenant + "': " + holder + ". Waited " + waitedSeconds
                        + " seconds for it",
                "Let that run end, then run the same command again",
                null);
    }
}
