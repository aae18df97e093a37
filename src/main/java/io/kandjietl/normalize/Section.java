package io.kandjietl.normalize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object within a details answer. Takes nothing for what it is not.
 *
 * @param place where in the answer
 * @param fields the object
 */
record Section(JsonPointer place, JsonNode fields) {

    /** What details say of a value that they don't have. */
    private static final String NO_VALUE = "no value";

    /** Where a field of it is. */
    JsonPointer pointer(String field) {
        return place.appendProperty(field);
    }

    /** The section of a name; null when it is absent, blank or empty. */
    @Nullable
    Section section(String name) {
        JsonNode value = filled(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw unexpected(pointer(name), value, "an object");
        }
        return value.isEmpty() ? null : new Section(pointer(name), value);
    }

    /** The objects of a list; null when there is no list. */
    @Nullable
    List<Section> list(String name, int most) {
        JsonNode values = filled(name);
        if (values == null) {
            return null;
        }
        if (!values.isArray()) {
            throw unexpected(pointer(name), values, "a list of objects");
        }
        if (values.size() > most) {
            throw new UnusableRecordException(pointer(name) + " has more than " + most + " elements", pointer(name));
        }
        List<Section> sections = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            JsonPointer pointer = pointer(name).appendIndex(i);
            if (!values.get(i).isObject()) {
                throw unexpected(pointer, values.get(i), "an object");
            }
            sections.add(new Section(pointer, values.get(i)));
        }
        return sections;
    }

    /** Free text; null for a blank. */
    @Nullable
    String text(String name) {
        return Texts.text(pointer(name), storable(name));
    }

    /** Text that is looked up; null for a blank. */
    @Nullable
    String key(String name) {
        return Texts.key(pointer(name), storable(name));
    }

    /** True or false, as such or in one of the words that details use for it; null for a blank. */
    @Nullable
    Boolean flag(String name) {
        JsonNode value = filled(name);
        if (value == null) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.isString() ? value.stringValue().strip().toLowerCase(Locale.ROOT) : "") {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw unexpected(pointer(name), value, "true, false or nothing");
        };
    }

    private @Nullable String storable(String name) {
        JsonNode value = filled(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw unexpected(pointer(name), value, "text");
        }
        String flaw = StorableJson.flawOf(value.stringValue());
        if (flaw != null) {
            throw new UnusableRecordException("a text " + flaw, pointer(name));
        }
        return value.stringValue();
    }

    private @Nullable JsonNode filled(String name) {
        JsonNode value = fields.get(name);
        return value == null || value.isNull() || (value.isString() && isBlank(value.stringValue())) ? null : value;
    }

    private static boolean isBlank(String text) {
        return text.isBlank() || text.strip().equalsIgnoreCase(NO_VALUE);
    }

    private static UnusableRecordException unexpected(JsonPointer pointer, JsonNode value, String expected) {
        return new UnusableRecordException(
                pointer + " is " + RowBinder.kind(value) + " where " + expected + " is expected", pointer);
    }
}
