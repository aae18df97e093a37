package io.kandjietl.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.kandji.ListedDevice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class MutatedRowsTests {

    private static final int ROWS = 20_000;

    private static final List<String> DOCUMENTED = List.of(Rows.MAC, Rows.PHONE_BEFORE_2025, Rows.WINDOWS);

    private static final List<JsonNode> ODD_VALUES = List.of(
            Rows.json("null"),
            Rows.json("\"\""),
            Rows.json("\" \""),
            Rows.json("\"True\""),
            Rows.json("\"2024-05-13 20:09:23 +0000\""),
            Rows.json("\"9999999999-05-13T20:09:23Z\""),
            Rows.json("\"a\\u0000b\""),
            Rows.json("\"\\ud800\""),
            Rows.json("\"\\ud83d\\ude00\""),
            Rows.json("true"),
            Rows.json("0"),
            Rows.json("-1"),
            Rows.json("123456789012345678901234567890"),
            Rows.json("0.10"),
            Rows.json("1e999999"),
            Rows.json("[]"),
            Rows.json("[null]"),
            Rows.json("[\"a\", 1, {}]"),
            Rows.json("{}"),
            Rows.json("{\"id\": 1}"),
            Rows.json("{\"\": \"\", \"a/b~c\": [\"\\u0000\"]}"),
            JsonNodeFactory.instance.stringNode("long ".repeat(2_000)),
            JsonNodeFactory.instance.numberNode(Double.NaN));

    private final DeviceProcessor processor = new DeviceProcessor();

    @Test
    void noMutationOfADocumentedRowEscapesAVerdict() {
        long firstSeed = System.nanoTime();
        int accepted = 0;
        for (long seed = firstSeed; seed < firstSeed + ROWS; seed++) {
            if (verdict(seed) instanceof AcceptedDevice) {
                accepted++;
            }
        }
        // Both verdicts must have been given often, or the mutations test nothing.
        assertThat(accepted).isBetween(ROWS / 20, ROWS - ROWS / 20);
    }

    private NormalizedRecord verdict(long seed) {
        Random random = new Random(seed);
        JsonNode row = mutated(random);
        List<NormalizedRecord> results = new ArrayList<>();
        assertThatCode(() -> results.add(processor.process(new ListedDevice(seed, row))))
                .as("row of seed %d", seed)
                .doesNotThrowAnyException();
        NormalizedRecord result = results.getFirst();
        switch (result) {
            case AcceptedDevice device -> assertAccepted(seed, device);
            case RejectedRecord rejected -> assertRejected(seed, row, rejected);
        }
        return result;
    }

    private static void assertAccepted(long seed, AcceptedDevice accepted) {
        assertThat(accepted.position()).as("position, seed %d", seed).isEqualTo(seed);
        assertThat(accepted.assignments()).as("assignments, seed %d", seed).hasSizeLessThanOrEqualTo(1);
        assertThat(accepted.device().deviceId()).as("id, seed %d", seed).matches("[0-9a-z][0-9a-z._-]{0,63}");
        assertStorable(seed, accepted.toString());
    }

    private static void assertRejected(long seed, JsonNode row, RejectedRecord rejected) {
        assertThat(rejected.offset()).as("position, seed %d", seed).isEqualTo(seed);
        assertThat(rejected.reason()).as("reason, seed %d", seed).isNotBlank();
        assertThat(row.at(JsonPointer.compile(rejected.jsonPointer())).isMissingNode()
                        && !rejected.reason().contains("no id"))
                .as("whether %s points to nothing, seed %d", rejected.jsonPointer(), seed)
                .isFalse();
        assertThat(rejected.payload().getBytes(StandardCharsets.UTF_8).length)
                .as("bytes of the payload, seed %d", seed)
                .isBetween(1, 64 << 10);
        assertStorable(seed, rejected.toString());
    }

    private static void assertStorable(long seed, String text) {
        assertThat(StorableJson.flawOf(text)).as("flaw, seed %d", seed).isNull();
    }

    private static JsonNode mutated(Random random) {
        ObjectNode row = (ObjectNode) Rows.json(DOCUMENTED.get(random.nextInt(DOCUMENTED.size())));
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutate(target(row, random), random);
        }
        return random.nextInt(200) == 0 ? nested(row, random) : row;
    }

    private static ObjectNode target(ObjectNode row, Random random) {
        return random.nextInt(4) == 0 && row.get("user") instanceof ObjectNode user ? user : row;
    }

    private static void mutate(ObjectNode object, Random random) {
        String field = anyField(object, random);
        switch (random.nextInt(7)) {
            case 0 -> object.remove(field);
            case 1 -> object.set(field, odd(random));
            case 2 -> object.set(field, nested(object.path(field), random));
            case 3 -> swap(object, field, anyField(object, random));
            case 4 -> object.set(field + (char) random.nextInt(0x10000), odd(random));
            case 5 -> object.put(field, object.path(field).asString("") + (char) random.nextInt(0x10000));
            default -> object.set(field, truncated(object.path(field), random));
        }
    }

    private static String anyField(ObjectNode object, Random random) {
        List<String> names = List.copyOf(object.propertyNames());
        return names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
    }

    private static JsonNode odd(Random random) {
        // A copy: what is mutated later must not be seen by the next seed.
        return ODD_VALUES.get(random.nextInt(ODD_VALUES.size())).deepCopy();
    }

    private static void swap(ObjectNode object, String one, String other) {
        JsonNode first = object.path(one);
        JsonNode second = object.path(other);
        if (!first.isMissingNode() && !second.isMissingNode()) {
            object.set(one, second);
            object.set(other, first);
        }
    }

    private static JsonNode nested(JsonNode value, Random random) {
        JsonNode inner = value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
        JsonNode result = inner;
        for (int depth = random.nextInt(20); depth >= 0; depth--) {
            result = random.nextBoolean()
                    ? JsonNodeFactory.instance.arrayNode().add(result)
                    : JsonNodeFactory.instance.objectNode().set("inner", result);
        }
        return result;
    }

    private static JsonNode truncated(JsonNode value, Random random) {
        String text = value.asString("");
        return JsonNodeFactory.instance.stringNode(text.substring(0, random.nextInt(text.length() + 1)));
    }
}
