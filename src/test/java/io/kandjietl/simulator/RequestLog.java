package io.kandjietl.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a tenant has seen. A request is here before the first byte of its answer goes out, so a client that has an answer
 * finds it counted. Counts and offsets are complete; of the requests themselves the last {@value #BOUND} are kept.
 * Thread-safe.
 */
public final class RequestLog {

    private static final int BOUND = 20_000;

    private final Deque<SeenRequest> latest = new ArrayDeque<>();
    private final Map<RequestKind, Map<Integer, Long>> counts = new EnumMap<>(RequestKind.class);
    private final TreeSet<Long> offsets = new TreeSet<>();
    private final Set<String> authorizations = new HashSet<>();
    private long second = Long.MIN_VALUE;
    private int inSecond;
    private int busiest;

    RequestLog() {}

    synchronized void add(SeenRequest request) {
        if (latest.size() == BOUND) {
            latest.removeFirst();
        }
        latest.addLast(request);
        counts.computeIfAbsent(request.kind(), kind -> new TreeMap<>()).merge(request.status(), 1L, Long::sum);
        if (request.kind() == RequestKind.LIST) {
            offsets.add(request.offset());
        }
        if (authorizations.size() < BOUND) {
            authorizations.add(Objects.requireNonNullElse(request.authorization(), ""));
        }
        inSecond = request.at().getEpochSecond() == second ? inSecond + 1 : 1;
        second = request.at().getEpochSecond();
        busiest = Math.max(busiest, inSecond);
    }

    /** All requests so far. */
    public synchronized long count() {
        return counts.values().stream()
                .flatMap(byStatus -> byStatus.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The requests of a kind. */
    public synchronized long count(RequestKind kind) {
        return counts.getOrDefault(kind, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The requests of a kind that were answered with a status; 0 stands for a dropped connection. */
    public synchronized long count(RequestKind kind, int status) {
        return counts.getOrDefault(kind, Map.of()).getOrDefault(status, 0L);
    }

    /** The requests of any kind that were refused for a limit. */
    public synchronized long rateLimited() {
        return counts.values().stream()
                .mapToLong(byStatus -> byStatus.getOrDefault(429, 0L))
                .sum();
    }

    /** How many requests came in the busiest second of the tenant's clock. */
    public synchronized int busiestSecond() {
        return busiest;
    }

    /** The offsets that list requests asked for, ascending. */
    public synchronized NavigableSet<Long> offsets() {
        return new TreeSet<>(offsets);
    }

    /** The devices whose details were asked for in the requests that are kept, in lower or upper case as asked. */
    public synchronized Set<String> detailedDevices() {
        return latest.stream()
                .filter(request -> request.kind() == RequestKind.DETAILS)
                .map(request -> Objects.requireNonNull(request.deviceId()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The different {@code Authorization} headers that came; {@code ""} stands for a request without. */
    public synchronized Set<String> authorizations() {
        return Set.copyOf(authorizations);
    }

    /** The last requests, oldest first. */
    public synchronized List<SeenRequest> latest() {
        return List.copyOf(latest);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        latest.clear();
        counts.clear();
        offsets.clear();
        authorizations.clear();
        second = Long.MIN_VALUE;
        inSecond = 0;
        busiest = 0;
    }
}
