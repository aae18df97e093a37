package io.kandjietl.kandji;

import io.kandjietl.kandji.Problem.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells what an answer means: rows, or a problem. For any number of threads. */
final class AnswerReader {

    /**
     * Wider than Jackson's own where one odd value would otherwise cost the whole page instead of its own record; the
     * limit on nesting stays.
     */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNumberLength(10_000)
            .maxNameLength(1 << 20)
            .build();

    /** Decimals exactly as they came. */
    private static final JsonMapper EXACT = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Numbers beyond what a decimal can hold become infinite, which is for the normalizer to reject. */
    private static final JsonMapper LENIENT = EXACT.rebuild()
            .disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What the gateway says of a path that nobody serves, in lower case. */
    private static final String GATEWAY_WORDS = "no route matched";

    private final ApiToken token;

    private final Clock clock;

    AnswerReader(ApiToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /**
     * The elements of the array that the answer is.
     *
     * @throws TryFailedException when it is anything else
     */
    List<JsonNode> rows(Answer answer) {
        JsonNode json = json(answer);
        if (!json.isArray()) {
            throw failed(Kind.TROUBLE, "an answer that is JSON but no list" + detail(answer), answer);
        }
        return List.copyOf(json.values());
    }

    /**
     * What an answer about one device says: its details, or that the tenant knows no such device.
     *
     * @throws TryFailedException when it is anything else
     */
    DetailsAnswer details(Answer answer) {
        if (answer.status() == 404 && saysThatTheDeviceIsUnknown(answer)) {
            return new DetailsAnswer.NotFound();
        }
        JsonNode json = json(answer);
        if (!json.isObject()) {
            throw failed(Kind.TROUBLE, "an answer that is JSON but no object" + detail(answer), answer);
        }
        return new DetailsAnswer.Answered(json);
    }

    /** The API speaks JSON; the gateway before it does so too, of routes, and knows nothing of devices. */
    private static boolean saysThatTheDeviceIsUnknown(Answer answer) {
        try {
            JsonNode json = LENIENT.readTree(answer.body());
            return json.isObject() && !answer.text().toLowerCase(Locale.ROOT).contains(GATEWAY_WORDS);
        } catch (JacksonException | NumberFormatException e) {
            return false;
        }
    }

    private JsonNode json(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw failed(kindOf(answer.status()), "status " + answer.status() + detail(answer), answer);
        }
        if (answer.body().length == 0) {
            throw failed(Kind.TROUBLE, "an empty answer (status " + answer.status() + ")", answer);
        }
        return parse(answer);
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 408, 429 -> Kind.TROUBLE;
            default -> status >= 300 && status < 500 ? Kind.NOT_ACCEPTED : Kind.TROUBLE;
        };
    }

    private JsonNode parse(Answer answer) {
        try {
            return EXACT.readTree(answer.body());
        } catch (JacksonException | NumberFormatException exact) {
            try {
                return LENIENT.readTree(answer.body());
            } catch (JacksonException | NumberFormatException e) {
                // Not passed on as a cause: its message quotes the answer.
                String words = Excerpt.of(words(e), token);
                throw failed(Kind.TROUBLE, "an answer that is no JSON" + detail(answer) + " - " + words, answer);
            }
        }
    }

    private static String words(RuntimeException e) {
        return e instanceof JacksonException jackson ? jackson.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    /** Where a redirect points to, and the beginning of the body. */
    private String detail(Answer answer) {
        String location = answer.headers()
                .firstValue("Location")
                .map(value -> " to " + Excerpt.quoted(value, token))
                .orElse("");
        return location + (answer.body().length == 0 ? "" : ": " + Excerpt.quoted(answer.text(), token));
    }

    private TryFailedException failed(Kind kind, String what, Answer answer) {
        return new TryFailedException(new Problem(kind, what, waitUntil(answer)), null);
    }

    private @Nullable Instant waitUntil(Answer answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(null);
    }
}
