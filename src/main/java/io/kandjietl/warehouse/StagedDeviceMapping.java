package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.mapping.AbstractMapping;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.kandjietl.device.Device;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a device is copied into {@code kandji.staged_device}. */
final class StagedDeviceMapping extends AbstractMapping<StagedRow<Device>> {

    private static final IValueHandler<Instant> TIMESTAMP = new TimestampHandler();

    StagedDeviceMapping() {
        super("kandji", "staged_device");
        mapLong("run_id", StagedRow::runId);
        mapLong("position", StagedRow::position);
        text("device_id", Device::deviceId);
        text("device_name", Device::deviceName);
        text("serial_number", Device::serialNumber);
        text("platform", Device::platform);
        text("model", Device::model);
        text("os_version", Device::osVersion);
        text("os_build", Device::osBuild);
        text("os_version_extra", Device::osVersionExtra);
        text("asset_tag", Device::assetTag);
        text("blueprint_id", Device::blueprintId);
        text("blueprint_name", Device::blueprintName);
        text("agent_version", Device::agentVersion);
        mapBoolean("mdm_enabled", row -> row.value().mdmEnabled());
        mapBoolean("agent_installed", row -> row.value().agentInstalled());
        mapBoolean("is_missing", row -> row.value().isMissing());
        mapBoolean("is_removed", row -> row.value().isRemoved());
        text("lost_mode_status", Device::lostModeStatus);
        mapTextArray("tags", row -> row.value().tags());
        timestamp("first_enrolled_at", Device::firstEnrolledAt);
        timestamp("last_enrolled_at", Device::lastEnrolledAt);
        timestamp("last_check_in", Device::lastCheckIn);
        mapJsonb("extra", row -> row.value().extra());
    }

    private void text(String column, Function<Device, @Nullable String> value) {
        mapText(column, row -> value.apply(row.value()));
    }

    private void timestamp(String column, Function<Device, @Nullable Instant> value) {
        map(column, TIMESTAMP, row -> value.apply(row.value()));
    }
}
