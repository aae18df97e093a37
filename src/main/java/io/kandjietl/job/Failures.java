package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.WarehouseFailures;
import java.util.Objects;
import org.springframework.core.NestedExceptionUtils;

/** Tells what an exception means to an operator. */
public final class Failures {

    private static final int LONGEST = 1_000;

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

    /** What began it, as the log's last line is what an operator is shown; the stack trace stands before it. */
    private static String onOneLine(Throwable thrown) {
        Throwable root = Objects.requireNonNullElse(NestedExceptionUtils.getRootCause(thrown), thrown);
        String text = root.toString().strip().replaceAll("\\s*\\R\\s*", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static FailureException unexpected(Throwable thrown) {
        return new FailureException(
                ExitCode.UNEXPECTED,
                "Unexpected error: " + onOneLine(thrown),
                "Run the same command again. If it fails again, report it with the log",
                thrown);
    }
}
