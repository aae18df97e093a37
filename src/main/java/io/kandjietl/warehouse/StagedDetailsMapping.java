package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.mapping.AbstractMapping;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.DetailsOfDevice.Filevault;
import io.kandjietl.device.DetailsOfDevice.Hardware;
import io.kandjietl.device.DetailsOfDevice.Mdm;
import io.kandjietl.device.TriedDetails;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How what came of asking for details is copied into {@code kandji.staged_details}. */
final class StagedDetailsMapping extends AbstractMapping<StagedRow<TriedDetails>> {

    private static final IValueHandler<Instant> TIMESTAMP = new TimestampHandler();

    StagedDetailsMapping() {
        super("kandji", "staged_details");
        mapLong("run_id", StagedRow::runId);
        mapLong("position", StagedRow::position);
        mapText("device_id", row -> row.value().deviceId());
        map("tried_at", TIMESTAMP, row -> row.value().triedAt());
        mapText(
                "verdict",
                row -> row.value().verdict() == null
                        ? null
                        : row.value().verdict().code());
        map("as_of", TIMESTAMP, row -> of(row, DetailsOfDevice::detailsAsOf));
        mapBoolean("has_hardware", row -> of(row, DetailsOfDevice::hardware) != null);
        mapBoolean("has_mdm", row -> of(row, DetailsOfDevice::mdm) != null);
        mapBoolean("has_filevault", row -> of(row, DetailsOfDevice::filevault) != null);
        mapBoolean("has_accounts", row -> of(row, DetailsOfDevice::localAccounts) != null);
        mapText("udid", row -> of(of(row, DetailsOfDevice::hardware), Hardware::udid));
        mapText("model_identifier", row -> of(of(row, DetailsOfDevice::hardware), Hardware::modelIdentifier));
        mapBoolean("is_supervised", row -> of(of(row, DetailsOfDevice::mdm), Mdm::isSupervised));
        mapBoolean("filevault_enabled", row -> of(of(row, DetailsOfDevice::filevault), Filevault::filevaultEnabled));
    }

    private static <T> @Nullable T of(StagedRow<TriedDetails> row, Function<DetailsOfDevice, @Nullable T> value) {
        return row.value().told() instanceof DetailsOfDevice told ? value.apply(told) : null;
    }

    private static <S, T> @Nullable T of(@Nullable S section, Function<S, @Nullable T> value) {
        return section == null ? null : value.apply(section);
    }
}
