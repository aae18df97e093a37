package io.kandjietl.normalize;

import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord.Source;
import io.kandjietl.kandji.ListedDevice;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import tools.jackson.databind.JsonNode;

/**
 * Turns a listed row into a device with its assignments, or into a rejected record that says what is wrong and where. A
 * pure function: the same row gives the same record, on any number of threads. It never drops a row (it returns no null)
 * and throws nothing, whatever the row holds.
 *
 * <p>What it does to values: a blank is null; ids and e-mails are trimmed and lower case; dates are UTC, cut to the
 * microsecond; unknown fields are kept as JSON. What it rejects rather than guesses: a value of another type than the
 * API documents, a device or an assigned user without id, a date that is none, what PostgreSQL can't store, and what is
 * larger than its bound. The bounds (255 characters for what is indexed, 4,096 for other text, 200 tags, 64 KiB of
 * unknown fields) exist because a PostgreSQL B-tree key is limited to about 2.7 kB, and one value must not blow up a row.
 */
public class DeviceProcessor implements ItemProcessor<ListedDevice, NormalizedRecord> {

    /** A processor. */
    public DeviceProcessor() {}

    /** The record that the row makes, at the row's position. */
    @Override
    public NormalizedRecord process(ListedDevice listed) {
        try {
            return RowNormalizer.normalize(listed.position(), listed.row());
        } catch (UnusableRecordException e) {
            return e.rejected(listed.offset(), Source.LIST, readableId(listed.row()), listed.row());
        }
    }

    /** A device whose row is rejected still counts as listed, if only its id can be read. */
    private static @Nullable String readableId(JsonNode row) {
        return Texts.deviceId(row.path("device_id").stringValue(null));
    }
}
