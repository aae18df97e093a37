package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.normalize.MutatedPayloads;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bytes that were cut off or changed on their way: rows or a failure that is known, never anything else. */
class GarbledAnswersTests {

    private static final int PAGES = 20_000;

    private final AnswerReader reader =
            new AnswerReader(ApiToken.of("0c7f4b1e-52d7-4a83-9a61-fd0b7f6e2c19"), Clock.systemUTC());

    private int failed;

    @Test
    void garbledBytesAreAFailureThatIsKnown() {
        MutatedPayloads.forSeeds(PAGES, seed -> {
            RandomGenerator random = new SplittableRandom(seed);
            try {
                List<JsonNode> rows = reader.rows(new Answer(
                        random.nextInt(20) == 0 ? 100 + random.nextInt(500) : 200,
                        HttpHeaders.of(Map.of(), (name, value) -> true),
                        garbled(page(seed), random)));
                assertThat(rows).hasSizeLessThan(100);
            } catch (TryFailedException e) {
                failed++;
                assertThat(e.problem().what()).isNotBlank();
            }
        });
        assertThat(failed).isBetween(PAGES / 20, PAGES - PAGES / 20);
    }

    private static byte[] page(long seed) {
        return ("[" + MutatedPayloads.row(seed) + "," + MutatedPayloads.row(seed + 1) + "]")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] garbled(byte[] page, RandomGenerator random) {
        switch (random.nextInt(3)) {
            case 0 -> {
                return Arrays.copyOf(page, random.nextInt(page.length));
            }
            case 1 -> {
                byte[] changed = page.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                return changed;
            }
            default -> {
                return page;
            }
        }
    }
}
