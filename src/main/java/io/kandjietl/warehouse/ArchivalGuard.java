package io.kandjietl.warehouse;

import java.util.Locale;
import java.util.Optional;

/**
 * Holds the archiving of devices back where so many leave at once that a mistake is likelier: a wrong tenant, a token
 * that sees less, a listing that broke off. Small numbers pass, so that a small fleet is not hindered. What is held stays so
 * until a person accepts it or the devices are back: another tenant's devices count as active in the next slot, and would make
 * those that left few among them.
 *
 * @param maxPercent of the active devices
 * @param maxDevices devices, whatever their percentage
 */
public record ArchivalGuard(double maxPercent, long maxDevices) {

    /** What ships. */
    public static final ArchivalGuard STANDARD = new ArchivalGuard(10, 500);

    /** So many devices leave a fleet in a slot without anybody looking. */
    static final long SMALL = 20;

    /** Why nothing may be archived, in words for a person; empty where it may. */
    Optional<String> holds(Departures departures) {
        long devices = departures.departing();
        long expected = departures.active() - departures.excused();
        if (departures.listed() == 0 && expected > 0) {
            return because(departures, "the listing shows no device at all");
        }
        if (departures.held() > SMALL) {
            return because(
                    departures,
                    String.format(
                            Locale.ROOT,
                            "%,d of them were held back before, and nobody accepted it",
                            departures.held()));
        }
        if (devices > maxDevices) {
            return because(departures, String.format(Locale.ROOT, "more than %,d", maxDevices));
        }
        if (devices > SMALL && devices * 100.0 > maxPercent * departures.active()) {
            return because(departures, "more than " + Numbers.plain(maxPercent) + " %");
        }
        if (devices > SMALL && departures.listed() * 2 < expected) {
            return because(departures, "the listing shows fewer than half of them");
        }
        return Optional.empty();
    }

    private static Optional<String> because(Departures departures, String why) {
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d of %,d active devices would be archived: %s",
                departures.departing(),
                departures.active(),
                why));
    }
}
