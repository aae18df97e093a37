package io.kandjietl.normalize;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The fields without a column, kept as they came. */
final class ExtraFields {

    /** A listed row has about 1 kB in all; an unknown field must not turn the warehouse into a dump. */
    private static final int MAX_BYTES = 64 << 10;

    /** Sorted at every depth, so that the same fields are the same text, and a change is one. */
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private ExtraFields() {}

    /** A JSON object of the row's unknown fields and, as {@code user}, of the user's; null when all are blank. */
    static @Nullable String of(WireDevice device) {
        Map<String, Object> extra = withoutBlanks(device.others());
        if (device.user() != null) {
            Map<String, Object> ofUser = withoutBlanks(device.user().others());
            if (!ofUser.isEmpty()) {
                extra.put("user", ofUser);
            }
        }
        if (extra.isEmpty()) {
            return null;
        }
        String json = SORTED.writeValueAsString(extra);
        if (json.length() > MAX_BYTES || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw UnusableRecordException.ofRecord(
                    "the fields that have no column take more than " + MAX_BYTES + " bytes");
        }
        return json;
    }

    private static Map<String, Object> withoutBlanks(@Nullable Map<String, @Nullable JsonNode> fields) {
        Map<String, Object> filled = new TreeMap<>();
        if (fields != null) {
            fields.forEach((name, value) -> {
                if (value != null && !value.isNull() && !isBlankText(value)) {
                    filled.put(name, value);
                }
            });
        }
        return filled;
    }

    private static boolean isBlankText(JsonNode value) {
        return value.isString() && value.stringValue().isBlank();
    }
}
