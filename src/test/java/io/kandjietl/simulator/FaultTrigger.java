package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** To which requests a fault happens, and how often. Begun by {@link Faults}, finished by one of the verbs. Thread-safe. */
public final class FaultTrigger {

    private final Faults faults;
    private Predicate<SeenRequest> fits;
    private long first = 1;
    private long times = 1;
    private double percent = 100;
    private long seed;
    private @Nullable Effect effect;
    private long seen;
    private long happened;

    FaultTrigger(Faults faults, Predicate<SeenRequest> fits) {
        this.faults = faults;
        this.fits = fits;
    }

    /** Only for list requests at this offset. */
    public FaultTrigger atOffset(long offset) {
        fits = fits.and(request -> request.kind() == RequestKind.LIST && request.offset() == offset);
        return this;
    }

    /** Only for requests about this device, in upper or lower case. */
    public FaultTrigger ofDevice(String deviceId) {
        fits = fits.and(request -> deviceId.equalsIgnoreCase(request.deviceId()));
        return this;
    }

    /** Not before the n-th request that fits, the first being 1. */
    public FaultTrigger nth(long n) {
        first = n;
        return this;
    }

    /** So many times. */
    public FaultTrigger times(long count) {
        times = count;
        return this;
    }

    /** Each time. */
    public FaultTrigger always() {
        return times(Long.MAX_VALUE);
    }

    /** To so many of a hundred requests, each time by the dice; the same seed throws the same. */
    public FaultTrigger percent(double ofHundred, long seed) {
        percent = ofHundred;
        this.seed = seed;
        return always();
    }

    /** Answers something else. */
    public void answers(StockAnswer answer) {
        answers(answer.answer());
    }

    /** Answers something else. */
    public void answers(Answer answer) {
        happens(new Effect.Replace(answer));
    }

    /** Answers 302 to another place. */
    public void redirectsTo(URI location) {
        answers(Answer.of(302, "").withHeader("Location", location.toString()));
    }

    /** Ends the connection without an answer. */
    public void drops() {
        happens(new Effect.Drop());
    }

    /** Answers with head and half of the body, and ends the connection. */
    public void truncates() {
        happens(new Effect.Truncate());
    }

    /** Answers so much later. */
    public void slows(Duration by) {
        happens(new Effect.Slow(by));
    }

    /** Answers once the hold is released; what is answered is decided only then. */
    public Hold holds() {
        Hold hold = new Hold();
        happens(new Effect.Held(hold));
        return hold;
    }

    /**
     * Answers as ever, and then does something: after the answer was made and before the client has it, so that the client's
     * next request finds it done.
     */
    public void thenRuns(Runnable action) {
        happens(new Effect.Run(action));
    }

    synchronized Optional<Effect> claim(SeenRequest request) {
        if (!fits.test(request)) {
            return Optional.empty();
        }
        seen++;
        if (seen < first || happened >= times || !diceFall()) {
            return Optional.empty();
        }
        happened++;
        return Optional.ofNullable(effect);
    }

    void release() {
        if (effect instanceof Effect.Held held) {
            held.hold().release();
        }
    }

    private boolean diceFall() {
        return percent >= 100 || new Draw(seed).part(seen).below(Trait.ORDER, 1_000_000) < percent * 10_000;
    }

    private synchronized void happens(Effect what) {
        effect = what;
        faults.add(this);
    }
}
