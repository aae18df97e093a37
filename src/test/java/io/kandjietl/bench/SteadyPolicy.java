package io.kandjietl.bench;

import java.util.stream.IntStream;

/**
 * Which devices' details the documented policy wants, slot by slot, told anew and not by the program: those that changed, and
 * those that were last answered a day or more before the next slot. It begins so long before slot 0 that ages are spread as they
 * are in an installation that has run for weeks.
 */
final class SteadyPolicy {

    /** Slots of two hours in the 24 that details may be old. */
    private static final int OLD = 12;

    private static final int SLOTS_BEFORE = 10 * OLD;

    private final int[] answered;

    /** The policy for a {@link KnownFleet} of this size, as it stands after slot 0. */
    SteadyPolicy(int devices) {
        answered = IntStream.range(0, devices)
                .map(device -> -SLOTS_BEFORE - device % OLD)
                .toArray();
        for (int slot = 1 - SLOTS_BEFORE; slot <= 0; slot++) {
            wanted(slot);
        }
    }

    /** In which slot each device was last answered. */
    int[] answered() {
        return answered.clone();
    }

    /** How many devices are asked for in the next slot, if all are that are wanted. */
    int wanted(int slot) {
        int wanted = 0;
        for (int device = 0; device < answered.length; device++) {
            if (KnownFleet.changes(device, slot) || slot - answered[device] >= OLD) {
                answered[device] = slot;
                wanted++;
            }
        }
        return wanted;
    }
}
