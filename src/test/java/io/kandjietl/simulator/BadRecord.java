package io.kandjietl.simulator;

/**
 * What is wrong with a row that can't be used. The last one is last for a reason: a listing with a row that has no id says of
 * no device that it is gone.
 */
public enum BadRecord {
    /** {@code "user": 4711}. */
    USER_IS_A_NUMBER,
    /** {@code "last_enrollment": "yesterday"}. */
    UNPARSEABLE_DATE,
    /** {@code "mdm_enabled": "yes"}. */
    BOOLEAN_IS_A_WORD,
    /** {@code "user": "ada@example.com"}. */
    USER_IS_A_BARE_STRING,
    /** No {@code device_id} at all. */
    MISSING_ID
}
