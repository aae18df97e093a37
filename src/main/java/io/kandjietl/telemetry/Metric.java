package io.kandjietl.telemetry;

import org.jspecify.annotations.Nullable;

/** Every metric that is sent: gauges, each with the label {@code tenant}. Alerts, dashboards and the README name no other. */
public enum Metric {
    DEVICES_LISTED("devices_listed", "Devices that the listing showed, rejected ones included"),
    DEVICES_ACTIVE("devices_active", "Active devices in the warehouse"),
    DEVICES_CHANGED("devices_changed", "Devices of the listing that are new or changed"),
    DEVICES_ARCHIVED("devices_archived", "Devices that the run archived"),
    DEVICES_HELD("devices_held", "Devices whose archiving the guard held back"),
    DEVICES_REJECTED("devices_rejected", "Devices of the listing whose records could not be used"),
    REQUESTS("requests", "Requests made for the run, by all its processes"),
    RETRIES("retries", "Requests of this process that were made again because one before had failed"),
    REQUESTS_LEFT("requests_left_of_hour", "Requests that are left of our share in this clock hour"),
    OLDEST_DETAILS_AGE("oldest_details_age_seconds", "Age of the oldest details of any active device"),
    DEVICES_WITHOUT_DETAILS("devices_without_details", "Active devices whose details were never answered"),
    STEP_DURATION("step_duration_seconds", "How long this process was at a step", "step"),
    RUN_DURATION("run_duration_seconds", "How long this process was at the run"),
    RUN_OUTCOME("run_outcome", "1 for how the run ended, 0 for the other outcomes", "outcome"),
    EXIT_CODE("exit_code", "What the process ends with"),
    LAST_PUBLISHED_SLOT("last_published_slot_timestamp_seconds", "The newest published slot, in Unix time"),
    RUN_END("run_end_timestamp_seconds", "When the run ended, in Unix time"),
    IN_LAKE("in_lake", "Whether the newest published slot is in the lake: 1 or 0"),
    SLOTS_NOT_IN_LAKE("slots_not_in_lake", "Published slots that are not in the lake, of the newest twelve runs");

    private static final String PREFIX = "kandji_etl_";

    private final String id;
    private final String description;
    private final @Nullable String label;

    Metric(String name, String description) {
        this(name, description, null);
    }

    Metric(String name, String description, @Nullable String label) {
        this.id = PREFIX + name;
        this.description = description;
        this.label = label;
    }

    /** Its name, for Prometheus and OTLP alike. */
    public String id() {
        return id;
    }

    /** What it says, in words. */
    public String description() {
        return description;
    }

    /** The label that it has besides the tenant; null where there is none. */
    public @Nullable String label() {
        return label;
    }

    /** A value of it. */
    public Measured is(double value) {
        return new Measured(this, null, value);
    }

    /** A count of it. */
    public Measured is(long value) {
        return new Measured(this, null, (double) value);
    }

    /** A value of it under a label's value. */
    public Measured is(String labelled, double value) {
        return new Measured(this, labelled, value);
    }
}
