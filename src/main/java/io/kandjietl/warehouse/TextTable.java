package io.kandjietl.warehouse;

import java.util.List;
import java.util.Set;

/** The tables with texts that people or programs wrote, which may name somebody. */
enum TextTable {
    DEVICE("device", "kandji.device", "device_name", "asset_tag", "blueprint_name", "tags", "extra"),
    DEVICE_HISTORY("device-history", "kandji.device_history", "device_name", "asset_tag", "blueprint_name", "tags"),
    STAGED_DEVICE(
            "staged-device", "kandji.staged_device", "device_name", "asset_tag", "blueprint_name", "tags", "extra"),
    REJECTED_RECORD("rejected-record", "kandji.rejected_record", "reason", "payload"),
    RUN("run", "kandji.sync_run", "cause", "remedy"),
    JOB_EXECUTION("job-execution", "batch.batch_job_execution", "exit_message"),
    STEP_EXECUTION("step-execution", "batch.batch_step_execution", "exit_message");

    private static final Set<String> JSON = Set.of("tags", "extra", "payload");

    private final String statement;
    private final String table;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    private final List<String> columns;

    TextTable(String statement, String table, String... columns) {
        this.statement = statement;
        this.table = table;
        this.columns = List.of(columns);
    }

    /** The end of its statements' names. */
    String statement() {
        return statement;
    }

    /** Its name, with its schema. */
    String table() {
        return table;
    }

    List<String> columns() {
        return columns;
    }

    /** Whether a column's text is JSON, or is selected as such. */
    static boolean isJson(String column) {
        return JSON.contains(column);
    }
}
