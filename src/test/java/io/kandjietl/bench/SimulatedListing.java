package io.kandjietl.bench;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.kandji.ListedDevice;
import io.kandjietl.normalize.DeviceProcessor;
import io.kandjietl.normalize.Rows;
import io.kandjietl.simulator.SimulatedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.batch.infrastructure.item.Chunk;
import tools.jackson.databind.JsonNode;

/**
 * The listing of a simulated fleet, read and normalized as the job does it: pages of 300, each a chunk of its step. All of
 * its rows can be used. Only a page is in memory at a time.
 */
final class SimulatedListing {

    static final Instant SLOT = Instant.parse("2026-11-23T12:00:00Z");

    private SimulatedListing() {}

    /** Gives each page, in the order of the devices' ids. */
    static void forEachPage(int devices, Consumer<Chunk<NormalizedRecord>> consumer) {
        SimulatedFleet fleet = SimulatedFleet.builder()
                .size(devices)
                .frozenAt(SLOT)
                .badPerThousand(0)
                .build();
        DeviceProcessor processor = new DeviceProcessor();
        int limit = KandjiSettings.MAX_PAGE_SIZE;
        for (int offset = 0; offset < devices; offset += limit) {
            consumer.accept(page(fleet, processor, offset, limit));
        }
    }

    private static Chunk<NormalizedRecord> page(
            SimulatedFleet fleet, DeviceProcessor processor, int offset, int limit) {
        String json = new String(fleet.page(SLOT, offset, limit, true), StandardCharsets.UTF_8);
        Chunk<NormalizedRecord> chunk = new Chunk<>();
        for (JsonNode row : Rows.json(json)) {
            NormalizedRecord normalized = processor.process(new ListedDevice((long) offset + chunk.size(), row));
            if (!(normalized instanceof AcceptedDevice)) {
                throw new IllegalStateException("A row of the simulated fleet was rejected: " + normalized);
            }
            chunk.add(normalized);
        }
        return chunk;
    }
}
