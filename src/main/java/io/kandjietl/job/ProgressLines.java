package io.kandjietl.job;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a log how far a run is: at each tenth, and at least every 30 seconds. Tenths that pass within a second of one another
 * are told together.
 */
public final class ProgressLines implements ProgressDisplay {

    private static final Logger log = LoggerFactory.getLogger(ProgressLines.class);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

    private Duration toldAfter = Duration.ZERO;

    private int toldTenths;

    /** Lines that begin with the first step. */
    public ProgressLines() {}

    @Override
    public void show(State state) {
        Duration silence = state.took().minus(toldAfter);
        boolean isTenth = state.tenths() > toldTenths && silence.compareTo(SHORTEST_SILENCE) >= 0;
        if (isTenth || silence.compareTo(LONGEST_SILENCE) >= 0) {
            log.info("{}", state.words());
            toldAfter = state.took();
            toldTenths = Math.max(toldTenths, state.tenths());
        }
    }

    @Override
    public void end(State state) {
        if (state.done() > 0) {
            log.info("{}", state.words());
        }
        toldAfter = Duration.ZERO;
        toldTenths = 0;
    }
}
