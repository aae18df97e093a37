package io.kandjietl.command;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.RejectedRecord.Source;
import io.kandjietl.kandji.ListedDevice;
import io.kandjietl.normalize.DeviceProcessor;
import io.kandjietl.warehouse.RejectedRecords;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What this version's normalizer says of a record that was rejected. */
final class RejectedRetrial {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final DeviceProcessor PROCESSOR = new DeviceProcessor();

    private RejectedRetrial() {}

    static String verdict(RejectedRecords.Rejected rejected) {
        if (!rejected.source().equals(Source.LIST.code())) {
            return "not tried: only rows of the listing are";
        }
        try {
            NormalizedRecord again = PROCESSOR.process(new ListedDevice(0, JSON.readTree(rejected.payload())));
            return switch (again) {
                case AcceptedDevice accepted -> "accepted now: the next run takes it";
                case RejectedRecord still -> "rejected still: " + still.reason();
            };
        } catch (JacksonException e) {
            return "not tried: the payload was cut, or is no JSON";
        }
    }
}
