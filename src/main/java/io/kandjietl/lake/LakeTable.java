package io.kandjietl.lake;

import static io.kandjietl.lake.Column.optional;
import static io.kandjietl.lake.Column.required;
import static io.kandjietl.lake.ColumnType.FLAG;
import static io.kandjietl.lake.ColumnType.TEXT;
import static io.kandjietl.lake.ColumnType.TEXTS;
import static io.kandjietl.lake.ColumnType.TIME;

import io.kandjietl.device.PublishedAssignment;
import io.kandjietl.device.PublishedDevice;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of an entity's files. They are the warehouse's, without {@code tenant}, which is in the path, and with the
 * slot in front. Columns are only ever appended, and each time {@link #SCHEMA_VERSION} grows by one.
 *
 * @param entity {@code devices} or {@code assignments}
 * @param columns in the order of the file
 * @param <T> the rows
 */
record LakeTable<T>(String entity, List<Column<T, ?>> columns) {

    static final int SCHEMA_VERSION = 1;

    private static final String SLOT = "slot";

    LakeTable {
        columns = List.copyOf(columns);
    }

    MessageType schema() {
        return new MessageType(entity, columns.stream().map(Column::field).toList());
    }

    /** The files of {@code kandji.device}. */
    static LakeTable<PublishedDevice> devices(Instant slot) {
        return new LakeTable<>(
                "devices",
                List.of(
                        required(SLOT, TIME, row -> slot),
                        required("device_id", TEXT, row -> row.device().deviceId()),
                        optional("device_name", TEXT, row -> row.device().deviceName()),
                        optional("serial_number", TEXT, row -> row.device().serialNumber()),
                        optional("platform", TEXT, row -> row.device().platform()),
                        optional("model", TEXT, row -> row.device().model()),
                        optional("model_identifier", TEXT, row -> row.details().modelIdentifier()),
                        optional("os_version", TEXT, row -> row.device().osVersion()),
                        optional("os_build", TEXT, row -> row.device().osBuild()),
                        optional("os_version_extra", TEXT, row -> row.device().osVersionExtra()),
                        optional("udid", TEXT, row -> row.details().udid()),
                        optional("asset_tag", TEXT, row -> row.device().assetTag()),
                        optional("blueprint_id", TEXT, row -> row.device().blueprintId()),
                        optional("blueprint_name", TEXT, row -> row.device().blueprintName()),
                        optional("agent_version", TEXT, row -> row.device().agentVersion()),
                        optional("mdm_enabled", FLAG, row -> row.device().mdmEnabled()),
                        optional("agent_installed", FLAG, row -> row.device().agentInstalled()),
                        optional("is_missing", FLAG, row -> row.device().isMissing()),
                        optional("is_removed", FLAG, row -> row.device().isRemoved()),
                        optional("is_supervised", FLAG, row -> row.details().isSupervised()),
                        optional("filevault_enabled", FLAG, row -> row.details().filevaultEnabled()),
                        optional("lost_mode_status", TEXT, row -> row.device().lostModeStatus()),
                        optional("tags", TEXTS, row -> row.device().tags()),
                        optional("first_enrolled_at", TIME, row -> row.device().firstEnrolledAt()),
                        optional("last_enrolled_at", TIME, row -> row.device().lastEnrolledAt()),
                        required("status", TEXT, row -> row.lifecycle().status()),
                        optional("archived_reason", TEXT, row -> row.lifecycle().archivedReason()),
                        optional("last_check_in", TIME, row -> row.device().lastCheckIn()),
                        optional("details_as_of", TIME, row -> row.details().detailsAsOf()),
                        optional("details_tried_at", TIME, row -> row.details().detailsTriedAt()),
                        optional("archived_at", TIME, row -> row.lifecycle().archivedAt()),
                        optional(
                                "absent_since_slot",
                                TIME,
                                row -> row.lifecycle().absentSinceSlot()),
                        required("unlisted", FLAG, row -> row.lifecycle().unlisted()),
                        required("first_seen_slot", TIME, row -> row.lifecycle().firstSeenSlot()),
                        required("last_seen_slot", TIME, row -> row.lifecycle().lastSeenSlot()),
                        required("changed_slot", TIME, row -> row.lifecycle().changedSlot()),
                        optional("extra", TEXT, row -> row.device().extra())));
    }

    /** The files of {@code kandji.device_assignment}. */
    static LakeTable<PublishedAssignment> assignments(Instant slot) {
        return new LakeTable<>(
                "assignments",
                List.of(
                        required(SLOT, TIME, row -> slot),
                        required("device_id", TEXT, row -> row.assignment().deviceId()),
                        required(
                                "access_type",
                                TEXT,
                                row -> row.assignment().accessType().code()),
                        required("assignee_key", TEXT, row -> row.assignment().assigneeKey()),
                        optional("user_id", TEXT, row -> row.assignment().userId()),
                        optional("user_email", TEXT, row -> row.assignment().userEmail()),
                        optional("user_name", TEXT, row -> row.assignment().userName()),
                        optional(
                                "user_is_archived",
                                FLAG,
                                row -> row.assignment().userIsArchived()),
                        optional("username", TEXT, row -> row.assignment().username()),
                        optional("is_admin", FLAG, row -> row.assignment().isAdmin()),
                        required("valid_from", TIME, PublishedAssignment::validFrom),
                        optional("valid_to", TIME, PublishedAssignment::validTo),
                        required("changed_slot", TIME, PublishedAssignment::changedSlot)));
    }
}
