package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.time.Instant;

/** There are no requests to be had for as long as the run may last. Ends with {@link ExitCode#TRY_LATER}. */
public final class BudgetExhaustedException extends FailureException {

    private static final long serialVersionUID = 1L;

    BudgetExhaustedException(String tenant, Shortage shortage, Instant deadline) {
        super(
                ExitCode.TRY_LATER,
                "The request budget of tenant '" + tenant + "' does not suffice in time: " + shortage.why()
                        + ". There may be requests again at " + shortage.until() + ", and this run waits until "
                        + deadline + " at most",
                "Run the same command again after " + shortage.until() + ": it goes on where it stopped. If that is too"
                        + " late, raise KANDJI_REQUESTS_PER_HOUR or KANDJI_RUN_DEADLINE, or let the tenant's other"
                        + " integrations ask less",
                null);
    }
}
