package io.kandjietl.device;

import java.util.List;

/**
 * A record that was understood.
 *
 * @param position running number of the record in its run, from 0, over restarts too: where a device is listed more
 *     than once, the highest position counts
 * @param device the device
 * @param assignments which users the record says have access to it; empty when it says that nobody has
 */
public record AcceptedDevice(long position, Device device, List<Assignment> assignments) implements NormalizedRecord {

    /** Copies the assignments. */
    public AcceptedDevice {
        assignments = List.copyOf(assignments);
    }
}
