package io.kandjietl.normalize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payloads made from the documented ones by dropping, retyping, truncating, nesting and swapping values, at any depth. The
 * same seed makes the same payload. A test begins with the seed of the system property {@value #SEED}, or with a new one.
 */
public final class MutatedPayloads {

    /** Names the first seed: {@code -Dkandji-etl.fuzz.seed=N} shows a failure again. */
    public static final String SEED = "kandji-etl.fuzz.seed";

    private static final int ALWAYS = 1_000;

    private static final List<String> ROWS = List.of(Rows.MAC, Rows.PHONE_BEFORE_2025, Rows.WINDOWS);

    private static final List<String> DETAILS = List.of(Rows.MAC_DETAILS, Rows.PHONE_DETAILS);

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

    private MutatedPayloads() {}

    /** Where to begin. */
    public static long firstSeed() {
        return Long.getLong(SEED, System.nanoTime());
    }

    /**
     * Checks as many seeds as wanted: always the same thousand, so that a change of the program shows in the next build, and
     * others each time.
     *
     * @throws AssertionError when a check throws anything; its message tells the seed
     */
    public static void forSeeds(int count, LongConsumer check) {
        for (long seed = 0; seed < ALWAYS; seed++) {
            check(seed, check);
        }
        long first = firstSeed();
        for (long seed = first; seed < first + count - ALWAYS; seed++) {
            check(seed, check);
        }
    }

    private static void check(long seed, LongConsumer check) {
        try {
            check.accept(seed);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(shownAgainBy(seed), e);
        }
    }

    /** How to see a failure again. */
    public static String shownAgainBy(long seed) {
        return "To be seen again with -D" + SEED + "=" + seed;
    }

    /** A row of the listing. */
    public static JsonNode row(long seed) {
        return mutated(ROWS, new SplittableRandom(seed));
    }

    /** An answer about one device. */
    public static JsonNode details(long seed) {
        return mutated(DETAILS, new SplittableRandom(seed));
    }

    private static JsonNode mutated(List<String> documented, RandomGenerator random) {
        ObjectNode payload = (ObjectNode) Rows.json(documented.get(random.nextInt(documented.size())));
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutate(target(payload, random), random);
        }
        return random.nextInt(200) == 0 ? nested(payload, random) : payload;
    }

    /** One of the objects in it: as often the outermost as all others together. */
    private static ObjectNode target(ObjectNode payload, RandomGenerator random) {
        List<ObjectNode> inner = new ArrayList<>();
        collect(payload, inner);
        return inner.isEmpty() || random.nextBoolean() ? payload : inner.get(random.nextInt(inner.size()));
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        for (JsonNode child : node.values()) {
            if (child instanceof ObjectNode object) {
                objects.add(object);
            }
            collect(child, objects);
        }
    }

    private static void mutate(ObjectNode object, RandomGenerator random) {
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

    private static String anyField(ObjectNode object, RandomGenerator random) {
        List<String> names = List.copyOf(object.propertyNames());
        return names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
    }

    private static JsonNode odd(RandomGenerator random) {
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

    private static JsonNode nested(JsonNode value, RandomGenerator random) {
        JsonNode inner = value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
        JsonNode result = inner;
        for (int depth = random.nextInt(20); depth >= 0; depth--) {
            result = random.nextBoolean()
                    ? JsonNodeFactory.instance.arrayNode().add(result)
                    : JsonNodeFactory.instance.objectNode().set("inner", result);
        }
        return result;
    }

    private static JsonNode truncated(JsonNode value, RandomGenerator random) {
        String text = value.asString("");
        return JsonNodeFactory.instance.stringNode(text.substring(0, random.nextInt(text.length() + 1)));
    }
}
