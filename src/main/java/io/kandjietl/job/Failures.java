package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.WarehouseFailures;

/** Tells what an exception means to an operator. */
public final class Failures {

    private Failures() {}

    /** The failure behind what was thrown: what it says itself, what the database says, or that it is unexpected. */
    public static FailureException explain(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailureException failure) {
                return failure;
            }
        }
        return WarehouseFailures.explain(thrown).orElseGet(() -> unexpected(thrown));
    }

    private static FailureException unexpected(Throwable thrown) {
        return new FailureException(
                ExitCode.UNEXPECTED,
                "Unexpected error: " + thrown,
                "Run the same command again. If it fails again, report it with the log",
                thrown);
    }
}
