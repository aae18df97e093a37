package io.kandjietl.normalize;

import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.RejectedRecord.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A record can't be trusted. It never leaves the package: it becomes a rejected record. Without a stack trace, because a
 * whole fleet may be rejected.
 */
final class UnusableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A pointer is for finding the place; beyond this length the place around it will do. */
    private static final int MAX_POINTER_LENGTH = 1000;

    private final String pointer;

    /**
     * @param reason in words, without the value
     * @param pointer where in the record
     */
    UnusableRecordException(String reason, JsonPointer pointer) {
        super(reason, null, false, false);
        JsonPointer bounded = pointer;
        while (bounded.toString().length() > MAX_POINTER_LENGTH) {
            bounded = bounded.head();
        }
        this.pointer = bounded.toString();
    }

    /** Of a field of the record. */
    static UnusableRecordException ofField(String field, String reason) {
        return new UnusableRecordException(reason, JsonPointer.empty().appendProperty(field));
    }

    /** Of the record as a whole. */
    static UnusableRecordException ofRecord(String reason) {
        return new UnusableRecordException(reason, JsonPointer.empty());
    }

    /** The record that it becomes. */
    RejectedRecord rejected(long offset, Source source, @Nullable String deviceId, JsonNode record) {
        Payload payload = Payload.of(record);
        return new RejectedRecord(
                offset,
                source,
                deviceId,
                payload.isCut() ? reason() + " (payload cut at " + Payload.MAX_BYTES + " bytes)" : reason(),
                pointer,
                payload.text());
    }

    /** What is wrong, in words. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
