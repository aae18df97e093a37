package io.kandjietl.support;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what must come: as long as it may take on a machine that has much else to do. It only ends a test that
 * hangs; what has to come within a time is measured by its test.
 */
public final class Patience {

    /** How long. */
    public static final Duration LONG = Duration.ofMinutes(5);

    private Patience() {}

    /** Begins to wait for a condition. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LONG);
    }
}
