package io.kandjietl.kandji;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;

/**
 * How long to wait before the next try: twice as long each time, with jitter so that many tenants' runs don't knock
 * together, and never less than the answer asks for. Where that does not fit the limits it ends the retrying.
 */
final class RetryPause implements BackOffPolicy {

    private static final Logger log = LoggerFactory.getLogger(RetryPause.class);

    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration MAX = Duration.ofSeconds(60);

    /** A longer wait is for the next run: this one holds the tenant's lease meanwhile. */
    private static final Duration MAX_ASKED = Duration.ofMinutes(2);

    private static final Duration MAX_TOTAL = Duration.ofMinutes(10);

    private static final String EXCLUDED = "excluded";

    private final int maxTries;

    private final Timing timing;

    private final LongAdder retries = new LongAdder();

    RetryPause(int maxTries, Timing timing) {
        this.maxTries = maxTries;
        this.timing = timing;
    }

    /** Whether a moment that an answer names is too far away to be waited for. */
    static boolean isTooLong(Instant waitUntil, Instant now) {
        return Duration.between(now, waitUntil).compareTo(MAX_ASKED) > 0;
    }

    /** Leaves a time out of what all tries together may take: an hour's wait for the budget is no trouble of Kandji's. */
    static void exclude(RetryContext context, long nanos) {
        context.setAttribute(EXCLUDED, excluded(context) + nanos);
    }

    private static long excluded(RetryContext context) {
        return context.getAttribute(EXCLUDED) instanceof Long nanos ? nanos : 0;
    }

    /** How many pauses were begun. */
    long retries() {
        return retries.sum();
    }

    @Override
    public BackOffContext start(RetryContext context) {
        return new Course(context, timing.nanoTime().getAsLong());
    }

    @Override
    public void backOff(BackOffContext backOffContext) {
        Course course = (Course) backOffContext;
        RetryContext context = course.context;
        if (!(context.getLastThrowable() instanceof TryFailedException failure)) {
            throw new IllegalStateException("Only failed tries are retried", context.getLastThrowable());
        }
        Duration asked = asked(failure.problem().waitUntil());
        Duration pause = longer(asked, growing(context.getRetryCount()));
        Duration passed = Duration.ofNanos(timing.nanoTime().getAsLong() - course.startedAt - excluded(context));
        if (asked.compareTo(MAX_ASKED) > 0 || passed.plus(pause).compareTo(MAX_TOTAL) > 0) {
            context.setExhaustedOnly();
            return;
        }
        retries.increment();
        log.warn(
                "{} ended with {}; trying again in {} ms (try {} of {})",
                context.getAttribute(RetryContext.NAME),
                failure.problem().what(),
                pause.toMillis(),
                context.getRetryCount() + 1,
                maxTries);
        sleep(pause);
    }

    private Duration asked(@Nullable Instant waitUntil) {
        return waitUntil == null
                ? Duration.ZERO
                : Duration.between(timing.clock().instant(), waitUntil);
    }

    /** From half of 1, 2, 4… seconds to all of it. */
    private Duration growing(int failedTries) {
        long full = Math.min(MAX.toMillis(), FIRST.toMillis() << Math.min(failedTries - 1, 16));
        return Duration.ofMillis(full / 2 + (long) (timing.random().getAsDouble() * (full - full / 2)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void sleep(Duration pause) {
        try {
            // Rounded up, so as not to be early by part of a millisecond.
            timing.sleeper().sleep(pause.plusNanos(999_999).toMillis());
        } catch (InterruptedException e) {
            throw new BackOffInterruptedException("Interrupted between two tries", e);
        }
    }

    /** One request's way through its tries; never serialized, whatever the interface says. */
    private static final class Course implements BackOffContext {

        private static final long serialVersionUID = 1L;

        private final transient RetryContext context;

        private final transient long startedAt;

        private Course(RetryContext context, long startedAt) {
            this.context = context;
            this.startedAt = startedAt;
        }
    }
}
