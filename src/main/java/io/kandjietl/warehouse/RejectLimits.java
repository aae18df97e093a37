package io.kandjietl.warehouse;

/**
 * How many rejected records a listing may have and still be published: it is refused when both limits are passed.
 *
 * @param maxPercent of the listing's devices
 * @param maxRecords records
 */
public record RejectLimits(double maxPercent, long maxRecords) {

    /** What ships. */
    public static final RejectLimits STANDARD = new RejectLimits(1, 10);

    /** Nothing is refused: an operator looked at the records and accepted them. */
    public static final RejectLimits NONE = new RejectLimits(100, Long.MAX_VALUE);

    boolean exceededBy(long rejected, long listed) {
        return rejected > maxRecords && rejected * 100.0 > maxPercent * listed;
    }
}
