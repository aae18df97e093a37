package io.kandjietl.bench;

import io.kandjietl.kandji.DeviceListReader;
import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.simulator.RequestLog;
import io.kandjietl.simulator.SeenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks that what was measured did its work: a figure of work that was not done is none. */
final class Work {

    private Work() {}

    /** Ends the benchmark unless both are equal. */
    static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": " + found + ", where " + expected + " were expected");
        }
    }

    /** Ends the benchmark unless what was found is in a range. */
    static void expectBetween(String what, long least, long most, long found) {
        if (found < least || found > most) {
            throw new IllegalStateException(
                    what + ": " + found + ", where " + least + " to " + most + " were expected");
        }
    }

    /** How many pages a listing has: full ones, what is left, and the empty one that ends it. */
    static long pages(long devices) {
        return Math.ceilDiv(devices, KandjiSettings.MAX_PAGE_SIZE) + 1L;
    }

    /** How many requests a listing takes at most: the one beyond its end may be given up before it is sent. */
    static long mostListRequests(long devices) {
        return DeviceListReader.requests(devices, KandjiSettings.MAX_PAGE_SIZE);
    }

    /** Ends the benchmark unless it is what a listing of so many devices takes. */
    static void expectListRequests(long devices, long found) {
        expectBetween("Requests for the listing", pages(devices), mostListRequests(devices), found);
    }

    /**
     * Ends the benchmark where requests came faster than they may. What is sent evenly may arrive bunched, when a processor is
     * busy: a tenth more than the rate is allowed in any one second, and not more than the rate on the whole.
     */
    static void expectRate(RequestLog log, int perSecond) {
        List<Instant> times =
                log.latest().stream().map(SeenRequest::at).sorted().toList();
        int most = perSecond + Math.ceilDiv(perSecond, 10) + 1;
        for (int i = most; i < times.size(); i++) {
            if (Duration.between(times.get(i - most), times.get(i)).compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalStateException(
                        "More than " + most + " requests within the second before " + times.get(i));
            }
        }
        if (!times.isEmpty()) {
            double seconds = seconds(Duration.between(times.getFirst(), times.getLast()));
            if (times.size() - 1 > perSecond * (seconds + 0.1)) {
                throw new IllegalStateException(times.size() + " requests within " + seconds + " seconds");
            }
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
