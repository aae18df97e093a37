package io.kandjietl.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The failures that a tenant was asked to show. Each begins with what it is for ({@link #onList()} and the like), may be
 * narrowed, and ends with what happens; by default it happens to the next request that fits, once.
 *
 * <pre>{@code
 * faults.onList().atOffset(600).times(2).answers(StockAnswer.HTML_BAD_GATEWAY);
 * faults.onDetails().percent(5, 42).drops();
 * faults.onList().atOffset(300).thenRuns(() -> fleet.remove("…"));
 * Hold hold = faults.onAny().nth(7).holds();
 * }</pre>
 *
 * <p>Where several fit a request, all happen, in the order in which they were asked for; of several answers the first counts.
 * Thread-safe.
 *
 * <p>Note for clients on {@link java.net.http.HttpClient}: it repeats a GET by itself, up to five times, when a connection
 * that it has used before ends without an answer. A single {@link FaultTrigger#drops() drop} may pass unseen for that
 * reason, and {@link RequestLog} shows more requests than were made.
 */
public final class Faults {

    private final List<FaultTrigger> triggers = new CopyOnWriteArrayList<>();

    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();

    private volatile int mostInARow = Integer.MAX_VALUE;

    Faults() {}

    /** Begins a fault for requests of any kind. */
    public FaultTrigger onAny() {
        return new FaultTrigger(this, request -> true);
    }

    /** Begins a fault for list requests. */
    public FaultTrigger onList() {
        return new FaultTrigger(this, request -> request.kind() == RequestKind.LIST);
    }

    /** Begins a fault for details requests. */
    public FaultTrigger onDetails() {
        return new FaultTrigger(this, request -> request.kind() == RequestKind.DETAILS);
    }

    /** The same request fails so often in a row at most, so that dice can't outlast a client that tries more often. */
    public void mostInARow(int count) {
        mostInARow = count;
    }

    /** Lets held answers go and shows no failure any more. */
    public void clear() {
        List<FaultTrigger> all = List.copyOf(triggers);
        triggers.clear();
        all.forEach(FaultTrigger::release);
    }

    void add(FaultTrigger trigger) {
        triggers.add(trigger);
    }

    /** What happens to this request. Asking counts: it must be asked once for each. */
    List<Effect> claim(SeenRequest request) {
        List<Effect> effects = triggers.stream()
                .flatMap(trigger -> trigger.claim(request).stream())
                .toList();
        boolean spared = inARow.getOrDefault(request.target(), 0) >= mostInARow;
        if (effects.isEmpty() || spared) {
            inARow.remove(request.target());
            return List.of();
        }
        inARow.merge(request.target(), 1, Integer::sum);
        return effects;
    }
}
