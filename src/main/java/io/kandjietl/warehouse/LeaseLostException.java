package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/** Another process took the tenant over while this one did not renew its lease: this one must write nothing more. */
public final class LeaseLostException extends FailureException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String tenant, String holder) {
        super(
                ExitCode.TRY_LATER,
                "Lost the lease of tenant '" + tenant + "': " + holder
                        + " holds it now. This process was not able to renew it for 30 seconds, and wrote nothing since",
                "Nothing is to be done: the other process goes on with the run",
                null);
    }
}
