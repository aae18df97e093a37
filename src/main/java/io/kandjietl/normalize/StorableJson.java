package io.kandjietl.normalize;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What PostgreSQL can't store, wherever in a record it is: text and jsonb hold neither U+0000 nor half of a surrogate
 * pair (manual, 8.14), and a number in jsonb is a numeric, whose digits are bounded.
 */
final class StorableJson {

    /** Far from what numeric holds, and far beyond any figure of a device. */
    private static final int MAX_DIGITS = 1000;

    private static final int MAX_EXPONENT = 1000;

    /** 1000 digits have at most this many bits: telling so much is cheaper than counting digits. */
    private static final int MAX_BITS = 3322;

    /** Below the 500 that the parser allows, so that what is let through can be written again. */
    private static final int MAX_DEPTH = 400;

    private StorableJson() {}

    /** Checks a whole record, names and values at any depth. */
    static void check(JsonNode row) {
        Flaw flaw = find(row, 0);
        if (flaw != null) {
            throw new UnusableRecordException(flaw.reason, flaw.pointer);
        }
    }

    /** What keeps the text from being stored, in words; null when nothing does. */
    static @Nullable String flawOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds the character U+0000, which PostgreSQL can't store";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "holds half of a surrogate pair, which UTF-8 can't encode";
                }
                i++;
            }
        }
        return null;
    }

    private static @Nullable Flaw find(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return new Flaw("the value is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (node.getNodeType()) {
            case STRING -> flaw("a text ", flawOf(node.stringValue()));
            case NUMBER -> flaw("a number ", flawOf(node));
            case OBJECT -> findInObject(node, depth);
            case ARRAY -> findInArray(node, depth);
            case BOOLEAN, NULL, MISSING -> null;
            case BINARY, POJO -> new Flaw("the value is no JSON");
        };
    }

    private static @Nullable Flaw findInObject(JsonNode object, int depth) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            // The pointer then names the object around it: a pointer must be storable itself.
            Flaw flaw = flaw("a field's name ", flawOf(field.getKey()));
            if (flaw != null) {
                return flaw;
            }
            flaw = find(field.getValue(), depth + 1);
            if (flaw != null) {
                return flaw.within(JsonPointer.empty().appendProperty(field.getKey()));
            }
        }
        return null;
    }

    private static @Nullable Flaw findInArray(JsonNode array, int depth) {
        for (int i = 0; i < array.size(); i++) {
            Flaw flaw = find(array.get(i), depth + 1);
            if (flaw != null) {
                return flaw.within(JsonPointer.empty().appendIndex(i));
            }
        }
        return null;
    }

    private static @Nullable String flawOf(JsonNode number) {
        return isTooLarge(number) ? "has more digits, or a larger exponent, than " + MAX_DIGITS : null;
    }

    private static boolean isTooLarge(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.bigIntegerValue().bitLength() > MAX_BITS;
        }
        return number.isBigDecimal() ? isTooLarge(number.decimalValue()) : !Double.isFinite(number.doubleValue());
    }

    private static boolean isTooLarge(BigDecimal decimal) {
        return decimal.unscaledValue().bitLength() > MAX_BITS
                || Math.abs((long) decimal.scale()) > MAX_EXPONENT
                || Math.abs((long) decimal.precision() - decimal.scale() - 1) > MAX_EXPONENT;
    }

    private static @Nullable Flaw flaw(String subject, @Nullable String predicate) {
        return predicate == null ? null : new Flaw(subject + predicate);
    }

    /**
     * Something that can't be stored.
     *
     * @param pointer from the value that was looked at; built on the way back, so that sound records cost nothing
     */
    private record Flaw(String reason, JsonPointer pointer) {

        private Flaw(String reason) {
            this(reason, JsonPointer.empty());
        }

        private Flaw within(JsonPointer outer) {
            return new Flaw(reason, outer.append(pointer));
        }
    }
}
