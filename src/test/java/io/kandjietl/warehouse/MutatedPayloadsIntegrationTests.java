package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.device.TriedDetails.Verdict;
import io.kandjietl.kandji.ListedDevice;
import io.kandjietl.normalize.DetailsProcessor;
import io.kandjietl.normalize.DeviceProcessor;
import io.kandjietl.normalize.MutatedPayloads;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.Chunk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the normalizer accepts, PostgreSQL stores; what it rejects, the quarantine takes. */
class MutatedPayloadsIntegrationTests {

    private static final int ROWS = 6_000;
    private static final int DETAILS = 3_000;
    private static final String ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";

    private final long first = MutatedPayloads.firstSeed();

    @Test
    void whateverIsAcceptedOrRejectedCanBeStoredAndPublished() {
        try (Warehouse warehouse = new Warehouse()) {
            warehouse.begin(0);
            warehouse.write(0, rows());
            warehouse.transaction.executeWithoutResult(status -> new DetailsStagingWriter(
                            warehouse.dataSource, warehouse.lease, warehouse.clock, warehouse.run(0))
                    .write(details()));

            assertThat(warehouse.publish(0, RejectLimits.NONE)).isInstanceOf(PublicationResult.Published.class);
            assertThat(warehouse.lines("select count(*) > 1000 from kandji.device"))
                    .containsExactly("true");
            assertThat(warehouse.lines("select count(*) > 500 from kandji.rejected_record"))
                    .containsExactly("true");
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(MutatedPayloads.shownAgainBy(first), e);
        }
    }

    private NormalizedRecord[] rows() {
        RandomGenerator random = new SplittableRandom(first);
        DeviceProcessor devices = new DeviceProcessor();
        NormalizedRecord[] records = new NormalizedRecord[ROWS];
        for (int i = 0; i < ROWS; i++) {
            JsonNode row = MutatedPayloads.row(first + i);
            if (row instanceof ObjectNode object && object.path("device_id").isString() && random.nextBoolean()) {
                object.put("device_id", "device-" + i);
            }
            records[i] = devices.process(new ListedDevice(i, i, row));
        }
        return records;
    }

    private Chunk<TriedDetails> details() {
        Chunk<TriedDetails> chunk = new Chunk<>();
        for (int i = 1; i <= DETAILS; i++) {
            JsonNode answer = MutatedPayloads.details(first + ROWS + i);
            chunk.add(new TriedDetails(
                    i, ID, Instant.EPOCH, Verdict.THERE, DetailsProcessor.normalize(i, ID, Instant.EPOCH, answer)));
        }
        return chunk;
    }
}
