package io.kandjietl.bench;

/**
 * What a slot cost.
 *
 * @param pages requests for pages of the listing
 * @param details requests for details
 * @param changed devices that were new or changed
 * @param bytes of the answers' bodies
 * @param rows of the warehouse that were written
 * @param logged bytes of the server's write-ahead log, with what images of whole pages a checkpoint made it hold
 * @param stored bytes of all tables and indexes after it
 * @param seconds it took, without what it waited for
 */
record SlotCost(
        long pages,
        long details,
        long changed,
        long bytes,
        WrittenRows rows,
        long logged,
        long stored,
        double seconds) {

    long requests() {
        return pages + details;
    }

    /** Ends the benchmark where it is not what the policy says. */
    void expect(long devices, long changes, long newDevices) {
        Work.expectListRequests(devices, pages);
        Work.expect("Devices new or changed", changes, changed);
        Work.expect("Devices inserted", newDevices, rows.devices());
        Work.expect("Periods of history inserted", changes, rows.periods());
    }
}
