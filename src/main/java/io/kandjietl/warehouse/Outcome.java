package io.kandjietl.warehouse;

import java.util.Locale;

/** How a run stands: the values of {@code kandji.sync_run.outcome}. */
public enum Outcome {
    /** It is at work, or its process died. */
    RUNNING,
    /** It was stopped, and can go on. */
    STOPPED,
    /** It failed; its cause and remedy stand beside it. */
    FAILED,
    /** An operator gave it up. */
    ABANDONED,
    /** Its slot passed before its listing was complete. */
    EXPIRED,
    /** A newer slot was published first. */
    SUPERSEDED,
    /** It was published. */
    PUBLISHED;

    /** The column's value. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
