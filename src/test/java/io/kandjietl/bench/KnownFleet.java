package io.kandjietl.bench;

import io.kandjietl.simulator.Fleet;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedDevice;
import io.kandjietl.simulator.SimulatedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A fleet whose every change is known: it stands still during a slot, and between two about 2 % of its devices, chosen as if by
 * lot, get another version of their system. Two thirds are assigned. It counts what its answers weigh. Rows are as most are, and
 * every device has the details of one Mac, but for its id.
 *
 * <p>Changed by one thread between runs; asked by any number.
 */
final class KnownFleet implements Fleet {

    private static final String ID = "@ID@";
    private static final String VERSION = "@VERSION@";
    private static final String PERSON = "@PERSON@";
    private static final int ONE_IN = 50;

    private final String assigned = ScriptedFleet.row(
            ID,
            row -> row.put("os_version", VERSION)
                    .set(
                            "user",
                            ScriptedFleet.user("user-" + PERSON, "p" + PERSON + "@example.com", "Person " + PERSON)));
    private final String unassigned = ScriptedFleet.row(ID, row -> row.put("os_version", VERSION));
    private final String details = macDetails();
    private final int devices;
    private final AtomicLong bytes = new AtomicLong();
    private volatile int slot;

    /** So many devices, in slot 0. */
    KnownFleet(int devices) {
        this.devices = devices;
    }

    /** Whether a device changed between the slot before and this one; slots before 0 are of a past that nobody saw. */
    static boolean changes(int device, int slot) {
        // The finalizer of MurmurHash3: every bit of it depends on both numbers.
        long mixed = device * 0x9E3779B97F4A7C15L + slot;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 33), ONE_IN) == 0;
    }

    /** Shows the fleet as it is in a slot. */
    void turnTo(int next) {
        slot = next;
    }

    /** How many bytes its answers had since it was last asked. */
    long takeBytes() {
        return bytes.getAndSet(0);
    }

    @Override
    public long size(Instant at) {
        return devices;
    }

    @Override
    public byte[] page(Instant at, long offset, int limit, boolean ordered) {
        return counted(LongStream.range(offset, Math.min(devices, offset + limit))
                .mapToObj(device -> row((int) device))
                .collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public Optional<byte[]> details(Instant at, String deviceId) {
        long device = UUID.fromString(deviceId).getLeastSignificantBits() & 0xFFFFFFFFFFFFL;
        return device < devices ? Optional.of(counted(details.replace(ID, deviceId))) : Optional.empty();
    }

    private String row(int device) {
        String row = device % 3 == 0 ? unassigned : assigned.replace(PERSON, Integer.toString(device % 700));
        return row.replace(ID, id(device)).replace(VERSION, version(device));
    }

    private static String id(int device) {
        return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", device);
    }

    private String version(int device) {
        int changed = slot;
        while (changed > 0 && !changes(device, changed)) {
            changed--;
        }
        return "15." + changed;
    }

    private byte[] counted(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        bytes.addAndGet(body.length);
        return body;
    }

    /** Of a simulated Mac: as long as a real answer. */
    private static String macDetails() {
        Instant then = Instant.parse("2026-11-23T12:00:00Z");
        SimulatedFleet fleet = SimulatedFleet.builder()
                .size(50)
                .frozenAt(then)
                .badPerThousand(0)
                .build();
        SimulatedDevice mac = fleet.devices(then)
                .filter(device -> device.platform().equals("Mac") && !device.removed())
                .findFirst()
                .orElseThrow();
        return new String(fleet.details(then, mac.deviceId()).orElseThrow(), StandardCharsets.UTF_8)
                .replace(mac.deviceId(), ID);
    }
}
