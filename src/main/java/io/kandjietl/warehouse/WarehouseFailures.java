package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Tells what a database error means to an operator. */
public final class WarehouseFailures {

    private static final Set<String> REFUSED = Set.of("28000", "28P01", "3D000", "42501");

    /** No such table, schema or column. */
    private static final Set<String> WITHOUT_SCHEMA = Set.of("42P01", "3F000", "42703");

    private WarehouseFailures() {}

    /**
     * The failure behind an exception, by the SQLSTATE of the database error that caused it (PostgreSQL manual, "Error
     * Codes").
     *
     * @param thrown what was caught
     * @return empty when no database error is behind it, or one that points to a fault of this program
     */
    public static Optional<FailureException> explain(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return explain(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<FailureException> explain(SQLException error) {
        String state = error.getSQLState() == null || error.getSQLState().length() != 5 ? "08000" : error.getSQLState();
        String why = firstLine(error);
        if (REFUSED.contains(state)) {
            return Optional.of(new FailureException(
                    ExitCode.CONFIGURATION,
                    "PostgreSQL refused: " + why,
                    "Mend SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD or the role's rights,"
                            + " then run the same command again",
                    error));
        }
        if (WITHOUT_SCHEMA.contains(state)) {
            return Optional.of(new FailureException(
                    ExitCode.CONFIGURATION,
                    "The tables of kandji-etl are not there, or not up to date: " + why,
                    "Bring them up to date: `migrate`",
                    error));
        }
        return switch (state.substring(0, 2)) {
            case "08", "57" -> unavailable("PostgreSQL did not answer, or went away: " + why, error);
            case "53" -> unavailable("PostgreSQL is out of resources: " + why, error);
            case "25" ->
                state.equals("25P03")
                        ? unavailable("PostgreSQL ended a transaction that stood still for too long: " + why, error)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<FailureException> unavailable(String message, SQLException error) {
        return Optional.of(new FailureException(
                ExitCode.UNAVAILABLE,
                message,
                "See that the server that SPRING_DATASOURCE_URL names is up and has room, then run the same command"
                        + " again",
                error));
    }

    private static String firstLine(SQLException error) {
        String message = error.getMessage();
        return message == null
                ? "no message"
                : message.lines().findFirst().orElse("no message").replaceFirst("\\.+$", "");
    }
}
