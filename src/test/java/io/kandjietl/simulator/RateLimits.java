package io.kandjietl.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The tenant's two limits: requests in a clock hour (UTC), which all its integrations share, and requests in a second. A
 * refused request costs nothing. Thread-safe.
 */
final class RateLimits {

    private static final long SECONDS_PER_HOUR = 3_600;

    private final int perHour;
    private final int perSecond;
    private long hour = Long.MIN_VALUE;
    private long second = Long.MIN_VALUE;
    private long usedInHour;
    private int usedInSecond;
    private int usedByOthers;

    /** Makes limits; 0 stands for none. */
    RateLimits(int perHour, int perSecond) {
        this.perHour = perHour;
        this.perSecond = perSecond;
    }

    /** Sets how much of each hour the tenant's other integrations use, from now on. */
    synchronized void usedByOthers(int requestsPerHour) {
        usedByOthers = requestsPerHour;
    }

    /** Takes one request into account, if there is room for it. */
    synchronized Verdict admit(Instant now) {
        turnTo(now.getEpochSecond());
        OptionalLong wait = refusal(now.getEpochSecond());
        if (wait.isEmpty()) {
            usedInHour++;
            usedInSecond++;
        }
        return new Verdict(wait, headers());
    }

    private void turnTo(long now) {
        if (Math.floorDiv(now, SECONDS_PER_HOUR) != hour) {
            hour = Math.floorDiv(now, SECONDS_PER_HOUR);
            usedInHour = 0;
        }
        if (now != second) {
            second = now;
            usedInSecond = 0;
        }
    }

    private OptionalLong refusal(long now) {
        if (perHour > 0 && remainingInHour() == 0) {
            return OptionalLong.of((hour + 1) * SECONDS_PER_HOUR - now);
        }
        return perSecond > 0 && usedInSecond >= perSecond ? OptionalLong.of(1) : OptionalLong.empty();
    }

    private long remainingInHour() {
        return Math.max(0, perHour - usedByOthers - usedInHour);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (perHour > 0) {
            headers.put("x-ratelimit-limit-hour", Integer.toString(perHour));
            headers.put("x-ratelimit-remaining-hour", Long.toString(remainingInHour()));
        }
        if (perSecond > 0) {
            String remaining = Integer.toString(Math.max(0, perSecond - usedInSecond));
            headers.put("x-ratelimit-limit-second", Integer.toString(perSecond));
            headers.put("x-ratelimit-remaining-second", remaining);
            headers.put("ratelimit-limit", Integer.toString(perSecond));
            headers.put("ratelimit-remaining", remaining);
            headers.put("ratelimit-reset", "1");
        }
        return headers;
    }

    /**
     * What was decided of a request.
     *
     * @param retryAfter the seconds to wait before another one; empty when this one is admitted
     * @param headers what the answer says of the limits
     */
    record Verdict(OptionalLong retryAfter, Map<String, String> headers) {}
}
