package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.util.Locale;

/** So many records of a listing were rejected that it can't be believed: nothing was published, and the run is over. */
public final class TooManyRejectsException extends FailureException {

    private static final long serialVersionUID = 1L;

    TooManyRejectsException(long rejected, long listed, RejectLimits limits, String commonest) {
        super(
                ExitCode.TOO_MANY_REJECTS,
                String.format(
                        Locale.ROOT,
                        "%,d of %,d listed devices were rejected (more than %s %% and more than %,d records): nothing was"
                                + " published. Most often: %s",
                        rejected,
                        listed,
                        Numbers.plain(limits.maxPercent()),
                        limits.maxRecords(),
                        commonest),
                "Look at them with the command `rejects`; if they may be left out, run: `sync --again --accept-rejects`. The limits are"
                        + " KANDJI_REJECTS_MAX_PERCENT and KANDJI_REJECTS_MAX_RECORDS",
                null);
    }
}
