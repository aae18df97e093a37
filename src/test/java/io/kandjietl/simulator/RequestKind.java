package io.kandjietl.simulator;

/** What a request asked for. */
public enum RequestKind {
    /** {@code /api/v1/devices}. */
    LIST,
    /** {@code /api/v1/devices/ID/details}. */
    DETAILS,
    /** {@code /api/v1/devices/ID}, which takes a permission that the program's token never has. */
    DEVICE,
    /** A path that the tenant does not serve. */
    UNROUTED
}
