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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.Chunk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the normalizer accepts, PostgreSQL stores; what it rejects, the quarantine takes. */
class MutatedPayloadsIntegrationTests {

    private static final int ROWS = 6_000;
    private static final int DETAILS = 3_000;
    private static final String ID = "0b9a1a6e-6f0a-4c57-9d0b-1f5f3a1c2d01";

    @Test
    void whateverIsAcceptedOrRejectedCanBeStoredAndPublished() {
        long first = MutatedPayloads.firstSeed();
        DeviceProcessor devices = new DeviceProcessor();
        try (Warehouse warehouse = new Warehouse()) {
            warehouse.begin(0);
            NormalizedRecord[] records = new NormalizedRecord[ROWS];
            for (int i = 0; i < ROWS; i++) {
                JsonNode row = MutatedPayloads.row(first + i);
                if (row instanceof ObjectNode object
                        && object.path("device_id").isString()
                        && new Random(i).nextBoolean()) {
                    object.put("device_id", "device-" + i);
                }
                records[i] = devices.process(new ListedDevice(i, i, row));
            }
            warehouse.write(0, records);
            Chunk<TriedDetails> chunk = new Chunk<>();
            for (int i = 0; i < DETAILS; i++) {
                chunk.add(new TriedDetails(
                        i + 1L,
                        ID,
                        Instant.EPOCH,
                        Verdict.THERE,
                        DetailsProcessor.normalize(
                                i + 1L, ID, Instant.EPOCH, MutatedPayloads.details(first + ROWS + i))));
            }
            warehouse.transaction.executeWithoutResult(status -> new DetailsStagingWriter(
                            warehouse.dataSource, warehouse.lease, warehouse.clock, warehouse.run(0))
                    .write(chunk));

            assertThat(warehouse.publish(0, RejectLimits.NONE))
                    .as("-D" + MutatedPayloads.SEED + "=" + first)
                    .isInstanceOf(PublicationResult.Published.class);
            assertThat(warehouse.lines("select count(*) > 1000 from kandji.device"))
                    .containsExactly("true");
            assertThat(warehouse.lines("select count(*) > 500 from kandji.rejected_record"))
                    .containsExactly("true");
        }
    }
}
