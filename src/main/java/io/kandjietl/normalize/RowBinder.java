package io.kandjietl.normalize;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds a row to its wire record and takes nothing for what it is not: no number for a text, no {@code "True"} for a
 * boolean. Only the blank that the API writes for "nothing" is read so for booleans and the user.
 */
final class RowBinder {

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, RowBinder::refuseAll)
            .withCoercionConfig(LogicalType.Boolean, RowBinder::refuseAllButEmpty)
            .withCoercionConfig(WireUser.class, RowBinder::refuseAllButEmpty)
            .build()
            .readerFor(WireDevice.class);

    /** What a field holds by the Java type that it is bound to. */
    private static final Map<Class<?>, String> EXPECTED = Map.of(
            String.class, "text",
            Boolean.class, "true, false or nothing",
            WireUser.class, "a user or nothing");

    private RowBinder() {}

    /** The row's fields. */
    static WireDevice bind(JsonNode row) {
        try {
            return READER.readValue(row);
        } catch (MismatchedInputException e) {
            throw unusable(row, pointer(e), EXPECTED.getOrDefault(e.getTargetType(), "a list of texts"));
        } catch (JacksonException e) {
            // Not with the words of the exception: they may quote the value.
            throw unusable(row, pointer(e), "something else");
        }
    }

    /** What a value is, in words. */
    static String kind(@Nullable JsonNode node) {
        return switch (node == null ? null : node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "no JSON";
            case null -> "nothing";
        };
    }

    private static UnusableRecordException unusable(JsonNode row, JsonPointer pointer, String expected) {
        return new UnusableRecordException(
                pointer + " is " + kind(row.at(pointer)) + " where " + expected + " is expected", pointer);
    }

    private static JsonPointer pointer(JacksonException e) {
        JsonPointer pointer = JsonPointer.empty();
        for (JacksonException.Reference step : e.getPath()) {
            pointer = step.getPropertyName() == null
                    ? pointer.appendIndex(step.getIndex())
                    : pointer.appendProperty(step.getPropertyName());
        }
        return pointer;
    }

    private static void refuseAll(MutableCoercionConfig config) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static void refuseAllButEmpty(MutableCoercionConfig config) {
        refuseAll(config);
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
        config.setAcceptBlankAsEmpty(false);
    }
}
