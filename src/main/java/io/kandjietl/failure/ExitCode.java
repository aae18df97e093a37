package io.kandjietl.failure;

/**
 * The exit codes of every command, named by what the operator must know. The numbers follow {@code sysexits.h} where it
 * has one; operators and {@code podFailurePolicy} rely on them.
 */
public enum ExitCode {
    /** Published, or superseded, or expired. */
    OK(0, false),

    /** Something that nobody foresaw. */
    UNEXPECTED(1, true),

    /** A command was used wrongly. */
    USAGE(64, false),

    /** Too many records were rejected; nothing was published. */
    TOO_MANY_REJECTS(65, false),

    /** Published, but the guard held the archiving back. */
    ARCHIVAL_HELD(66, false),

    /** Kandji or PostgreSQL did not answer. */
    UNAVAILABLE(69, true),

    /** The lake could not be written; the warehouse is published. */
    LAKE_UNWRITABLE(73, true),

    /** Another run holds the tenant, the budget did not suffice in time, or the run was stopped. */
    TRY_LATER(75, true),

    /** Kandji refused the token or the permission. */
    REFUSED(77, false),

    /** The configuration is wrong. */
    CONFIGURATION(78, false);

    private final int code;
    private final boolean retryHelps;

    ExitCode(int code, boolean retryHelps) {
        this.code = code;
        this.retryHelps = retryHelps;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** Whether the same command may do better later without anybody changing anything. */
    public boolean retryHelps() {
        return retryHelps;
    }
}
