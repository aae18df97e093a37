package io.kandjietl.device;

import org.jspecify.annotations.Nullable;

/**
 * A record that can't be trusted, to be quarantined in {@code kandji.rejected_record}.
 *
 * @param offset where in its source it stood: the row's offset in the listing, the rank of the device in the worklist.
 *     It tells records without a readable id from one another
 * @param source where it came from
 * @param deviceId the device's id, lower case; null when it could not be read
 * @param reason what is wrong with it, in words for a person, without the value itself
 * @param jsonPointer where in the record (RFC 6901); empty for the whole record
 * @param payload the record as JSON text, valid in UTF-8 and without the character U+0000
 */
public record RejectedRecord(
        long offset, Source source, @Nullable String deviceId, String reason, String jsonPointer, String payload)
        implements NormalizedRecord, NormalizedDetails {

    /** Which answer a record came from. */
    public enum Source {
        /** A row of {@code GET /devices}. */
        LIST("list"),

        /** An answer of {@code GET /devices/ID/details}. */
        DETAILS("details");

        private final String code;

        Source(String code) {
            this.code = code;
        }

        /** The value of the column {@code source}. */
        public String code() {
            return code;
        }
    }
}
