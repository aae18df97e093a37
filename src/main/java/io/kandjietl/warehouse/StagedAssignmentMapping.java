package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.mapping.AbstractMapping;
import io.kandjietl.device.Assignment;

/** How an assignment is copied into {@code kandji.staged_assignment}. */
final class StagedAssignmentMapping extends AbstractMapping<StagedRow<Assignment>> {

    StagedAssignmentMapping() {
        super("kandji", "staged_assignment");
        mapLong("run_id", StagedRow::runId);
        mapLong("position", StagedRow::position);
        mapText("device_id", row -> row.value().deviceId());
        mapText("access_type", row -> row.value().accessType().code());
        mapText("assignee_key", row -> row.value().assigneeKey());
        mapText("user_id", row -> row.value().userId());
        mapText("user_email", row -> row.value().userEmail());
        mapText("user_name", row -> row.value().userName());
        mapBoolean("user_is_archived", row -> row.value().userIsArchived());
        mapText("username", row -> row.value().username());
        mapBoolean("is_admin", row -> row.value().isAdmin());
    }
}
