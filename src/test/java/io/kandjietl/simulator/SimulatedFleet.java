package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import io.kandjietl.simulator.Lifeline.Stage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A fleet that lives, as a pure function of its options and an instant: devices are enrolled, updated, renamed, moved from
 * blueprint to blueprint and from person to person, fall silent, are removed, and some return. In two hours about 2 % of
 * the devices change a tracked attribute and about 1 % change hands or come or go; a fleet of 500 takes a step about every
 * eight minutes. Every quirk of the API's rows appears at a rate of its own; ten thousand devices show them all.
 *
 * <p>Devices are made when they are asked for: a million of them take no more memory than the counts of the listed ones, a
 * few dozen kilobytes. Without {@code ordering=device_id} the list comes in an order that is another at each instant, so
 * that a client that forgets it misses devices. Thread-safe.
 */
public final class SimulatedFleet implements Fleet {

    private static final int BYTES_PER_ROW = 1_000;

    private final Options options;
    private final Lifeline lifeline;
    private final Presence presence;
    private final DeviceMaker maker;
    private final ListRowWriter rows;
    private final DetailsWriter details;

    private SimulatedFleet(Options options) {
        this.options = options;
        this.lifeline = new Lifeline(options.size(), options.pace(), options.frozenAt(), options.seed());
        this.presence = new Presence(lifeline);
        this.maker = new DeviceMaker(lifeline, options);
        this.rows = new ListRowWriter(options.otherPlatforms());
        this.details = new DetailsWriter();
    }

    /** Begins a fleet of 500 devices, seed 1, at the pace of life, three records in 500 bad, Apple devices alone. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public long size(Instant at) {
        return presence.census(lifeline.moment(at)).size();
    }

    @Override
    public byte[] page(Instant at, long offset, int limit, boolean ordered) {
        long moment = lifeline.moment(at);
        Census census = presence.census(moment);
        int from = (int) Math.min(offset, census.size());
        int to = (int) Math.min(offset + limit, census.size());
        ByteArrayOutputStream page = new ByteArrayOutputStream(2 + (to - from) * BYTES_PER_ROW);
        try (JsonGenerator json = Json.generator(page)) {
            json.writeStartArray();
            if (ordered) {
                slots(census, from, to, moment).forEach(slot -> rows.write(json, device(slot, moment, at)));
            } else {
                LongUnaryOperator order = unordered(census.size(), at);
                for (int place = from; place < to; place++) {
                    int slot = presence.slotOf(census, (int) order.applyAsLong(place), moment);
                    rows.write(json, device(slot, moment, at));
                }
            }
            json.writeEndArray();
        }
        return page.toByteArray();
    }

    @Override
    public Optional<byte[]> details(Instant at, String deviceId) {
        return device(at, deviceId).map(device -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream(16_000);
            try (JsonGenerator json = Json.generator(body)) {
                details.write(json, device);
            }
            return body.toByteArray();
        });
    }

    /** The listed devices at an instant, in the order of their ids: the truth that the list tells in its own way. */
    public Stream<SimulatedDevice> devices(Instant at) {
        long moment = lifeline.moment(at);
        return IntStream.range(0, lifeline.slots())
                .mapToObj(slot -> lifeline.stage(slot, moment))
                .filter(Stage::listed)
                .map(stage -> maker.device(stage, at));
    }

    /** The device of an id, in upper or lower case, at an instant; empty when it is not listed then. */
    public Optional<SimulatedDevice> device(Instant at, String deviceId) {
        try {
            int slot = maker.slotOf(UUID.fromString(deviceId).getMostSignificantBits());
            return Optional.of(lifeline.stage(slot, lifeline.moment(at)))
                    .filter(Stage::listed)
                    .map(stage -> maker.device(stage, at))
                    .filter(device -> device.deviceId().equalsIgnoreCase(deviceId));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no UUID, so no device of this fleet
        }
    }

    /** What the fleet was made of. */
    public Options options() {
        return options;
    }

    private SimulatedDevice device(int slot, long moment, Instant at) {
        return maker.device(lifeline.stage(slot, moment), at);
    }

    private IntStream slots(Census census, int from, int to, long moment) {
        if (from >= to) {
            return IntStream.empty();
        }
        return IntStream.range(presence.slotOf(census, from, moment), lifeline.slots())
                .filter(slot -> lifeline.stage(slot, moment).listed())
                .limit(to - (long) from);
    }

    private LongUnaryOperator unordered(int size, Instant at) {
        long seed = new Draw(options.seed()).part(at.getEpochSecond()).number(Trait.ORDER);
        return Spread.of(size, 0.6180339887, seed)::of;
    }

    /**
     * What a fleet is made of.
     *
     * @param size how many devices are listed, within 2 % (exactly so when frozen)
     * @param seed the same seed gives the same fleet
     * @param pace how many times faster than life the fleet changes; check-ins keep their pace
     * @param frozenAt when nothing but check-ins moves: the instant that the picture shows; null for a fleet that lives
     * @param otherPlatforms whether Windows and Android are managed, too
     * @param badPerThousand how many rows in a thousand can't be used
     * @param badKinds what is wrong with them, in turn
     */
    public record Options(
            int size,
            long seed,
            int pace,
            @Nullable Instant frozenAt,
            boolean otherPlatforms,
            int badPerThousand,
            List<BadRecord> badKinds) {

        /** Copies the kinds, and refuses what no fleet can be made of. */
        public Options {
            if (size < 0 || size > 20_000_000) {
                throw new IllegalArgumentException("A fleet has 0 to 20000000 devices, not " + size);
            }
            if (pace < 1 || pace > 10_000) {
                throw new IllegalArgumentException("A fleet lives 1 to 10000 times as fast, not " + pace);
            }
            if (badPerThousand < 0 || badPerThousand > 1000) {
                throw new IllegalArgumentException("Of 1000 records 0 to 1000 are bad, not " + badPerThousand);
            }
            badKinds = List.copyOf(badKinds);
        }
    }

    /** Builds a fleet. */
    public static final class Builder {

        private int size = 500;
        private long seed = 1;
        private int pace = 1;
        private @Nullable Instant frozenAt;
        private boolean otherPlatforms;
        private int badPerThousand = 6;
        private List<BadRecord> badKinds = List.of(BadRecord.values());

        private Builder() {}

        /** How many devices are listed, within 2 %; exactly so many when the fleet is frozen. */
        public Builder size(int devices) {
            this.size = devices;
            return this;
        }

        /** Which fleet of the many. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** How many times faster than life it changes: at 100, ten minutes change what else 17 hours would. */
        public Builder pace(int times) {
            this.pace = times;
            return this;
        }

        /** Shows the picture of one instant for ever; only check-ins move. */
        public Builder frozenAt(Instant instant) {
            this.frozenAt = instant;
            return this;
        }

        /** Manages Windows and Android, too: an eighth of the devices, and three more fields in every row. */
        public Builder otherPlatforms() {
            this.otherPlatforms = true;
            return this;
        }

        /** How many rows in a thousand can't be used, and for which reasons, in turn; all of them when none is named. */
        public Builder badPerThousand(int rows, BadRecord... kinds) {
            this.badPerThousand = rows;
            this.badKinds = kinds.length == 0 ? List.of(BadRecord.values()) : List.of(kinds);
            return this;
        }

        /** Makes the fleet. */
        public SimulatedFleet build() {
            return new SimulatedFleet(
                    new Options(size, seed, pace, frozenAt, otherPlatforms, badPerThousand, badKinds));
        }
    }
}
