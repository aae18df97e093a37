package io.kandjietl.normalize;

import io.kandjietl.device.NormalizedDetails;
import io.kandjietl.device.RejectedRecord.Source;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.device.TriedDetails.Verdict;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsAnswer;
import java.time.Instant;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import tools.jackson.databind.JsonNode;

/**
 * Turns a details answer into what it tells of a device, or into a rejected record that says what is wrong and where. A
 * pure function: the same answer gives the same, on any number of threads. It returns no null and throws nothing,
 * whatever the answer holds.
 *
 * <p>A section that is absent or empty is none: it tells nothing of its columns. A blank and {@code No value} are null;
 * booleans come as such or as {@code True}, {@code False}, {@code Yes} and {@code No}. A value of another type than the
 * API documents is rejected rather than guessed, and with it the answer. Bounds are those of {@link DeviceProcessor}.
 */
public class DetailsProcessor implements ItemProcessor<AskedDetails, TriedDetails> {

    /** A processor. */
    public DetailsProcessor() {}

    /** What came of asking for the device's details. */
    @Override
    public TriedDetails process(AskedDetails asked) {
        long position = asked.request().rank();
        String deviceId = asked.request().deviceId();
        return switch (asked.answer()) {
            case DetailsAnswer.Answered answered ->
                new TriedDetails(
                        position,
                        deviceId,
                        asked.at(),
                        Verdict.THERE,
                        normalize(position, deviceId, asked.at(), answered.details()));
            case DetailsAnswer.NotFound notFound ->
                new TriedDetails(position, deviceId, asked.at(), Verdict.UNKNOWN, null);
            case DetailsAnswer.Refused refused -> new TriedDetails(position, deviceId, asked.at(), null, null);
            case DetailsAnswer.Failed failed -> new TriedDetails(position, deviceId, asked.at(), null, null);
        };
    }

    /**
     * What an answer tells.
     *
     * @param position marks the rejected record, if it becomes one
     * @param deviceId the device that was asked for, lower case
     * @param at when the answer was given
     * @param answer what was answered
     */
    public static NormalizedDetails normalize(long position, String deviceId, Instant at, JsonNode answer) {
        try {
            return DetailsNormalizer.normalize(deviceId, at, answer);
        } catch (UnusableRecordException e) {
            return e.rejected(position, Source.DETAILS, deviceId, answer);
        }
    }
}
