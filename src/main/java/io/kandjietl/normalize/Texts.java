package io.kandjietl.normalize;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The rules for text: blank is nothing, ids and e-mails are trimmed and lower case, everything else stays as it is.
 * Every text has a bound, because a PostgreSQL B-tree key is limited to about 2.7 kB and one text must not blow up a
 * row: what is indexed has 255 characters at most, all else 4,096.
 */
final class Texts {

    static final int MAX_KEY = 255;

    static final int MAX_TEXT = 4096;

    static final int MAX_TAGS = 200;

    private static final Pattern DEVICE_ID = Pattern.compile("[0-9a-z][0-9a-z._-]{0,63}");

    private Texts() {}

    /** Free text. */
    static @Nullable String text(String field, @Nullable String value) {
        return text(JsonPointer.empty().appendProperty(field), value);
    }

    /** Free text inside of a field. */
    static @Nullable String text(JsonPointer pointer, @Nullable String value) {
        return bounded(pointer, blankToNull(value), MAX_TEXT);
    }

    /** Text that is looked up, as it is: a serial number. */
    static @Nullable String key(String field, @Nullable String value) {
        return key(JsonPointer.empty().appendProperty(field), value);
    }

    /** Text inside of a field that is looked up, as it is. */
    static @Nullable String key(JsonPointer pointer, @Nullable String value) {
        return bounded(pointer, blankToNull(value), MAX_KEY);
    }

    /** An id or an e-mail address: trimmed, lower case. */
    static @Nullable String lowerKey(JsonPointer pointer, @Nullable String value) {
        String text = blankToNull(value);
        return bounded(pointer, text == null ? null : text.strip().toLowerCase(Locale.ROOT), MAX_KEY);
    }

    /** The id of a device; null when it is not one. */
    static @Nullable String deviceId(@Nullable String value) {
        String text = blankToNull(value);
        String id = text == null ? null : text.strip().toLowerCase(Locale.ROOT);
        return id != null && DEVICE_ID.matcher(id).matches() ? id : null;
    }

    /** Tags without the blank ones. */
    static @Nullable List<String> tags(@Nullable List<@Nullable JsonNode> values) {
        if (values == null) {
            return null;
        }
        JsonPointer pointer = JsonPointer.empty().appendProperty("tags");
        List<String> tags = IntStream.range(0, values.size())
                .mapToObj(i -> tag(pointer.appendIndex(i), values.get(i)))
                .filter(Objects::nonNull)
                .toList();
        if (tags.size() > MAX_TAGS) {
            throw new UnusableRecordException("/tags has more than " + MAX_TAGS + " tags", pointer);
        }
        return tags;
    }

    private static @Nullable String tag(JsonPointer pointer, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new UnusableRecordException(
                    pointer + " is " + RowBinder.kind(value) + " where text is expected", pointer);
        }
        return bounded(pointer, blankToNull(value.stringValue()), MAX_KEY);
    }

    static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable String bounded(JsonPointer pointer, @Nullable String value, int max) {
        if (value != null && value.length() > max && value.codePointCount(0, value.length()) > max) {
            throw new UnusableRecordException(pointer + " is longer than " + max + " characters", pointer);
        }
        return value;
    }
}
