package io.kandjietl.simulator;

import java.time.Instant;
import java.util.Optional;

/** The devices behind a simulated tenant, as JSON. Implementations are safe for use by many threads. */
public interface Fleet {

    /** How many devices the list shows at an instant. */
    long size(Instant at);

    /**
     * One page of the list as it is at an instant: offset paging over a list that goes on changing, so two pages asked at
     * two instants may miss a device or show one twice.
     *
     * @param offset how many devices to leave out, not negative
     * @param limit how many devices to show at most, positive
     * @param ordered whether the request asked for {@code ordering=device_id}; without it the order is of no use
     * @return a JSON array in UTF-8, empty after the end
     */
    byte[] page(Instant at, long offset, int limit, boolean ordered);

    /**
     * What {@code /devices/ID/details} answers at an instant.
     *
     * @param deviceId in upper or lower case
     * @return a JSON object in UTF-8; empty when the tenant has no such device
     */
    Optional<byte[]> details(Instant at, String deviceId);
}
