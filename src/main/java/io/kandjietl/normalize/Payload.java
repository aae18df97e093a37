package io.kandjietl.normalize;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rejected row as text that can be stored whatever is in it. U+0000 stays an escape; where a surrogate is without its
 * other half, everything beyond ASCII is one.
 *
 * @param text the row's JSON, or its beginning
 * @param isCut whether it is only the beginning
 */
record Payload(String text, boolean isCut) {

    static final int MAX_BYTES = 64 << 10;

    private static final JsonMapper PLAIN = JsonMapper.shared();

    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static Payload of(JsonNode row) {
        String json = write(PLAIN, row);
        String storable = StorableJson.flawOf(json) == null ? json : write(ASCII, row);
        String head = head(storable);
        return new Payload(head, head.length() < storable.length());
    }

    private static String write(JsonMapper mapper, JsonNode row) {
        try {
            return mapper.writeValueAsString(row);
        } catch (JacksonException e) {
            // Only a tree that no parser lets through, nested deeper than a writer goes.
            return "\"nested too deeply to be written\"";
        }
    }

    /** As many whole characters as fit. */
    private static String head(String text) {
        if (text.length() <= MAX_BYTES / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return text;
        }
        int end = MAX_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
