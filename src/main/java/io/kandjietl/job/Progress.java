package io.kandjietl.job;

import io.kandjietl.job.ProgressDisplay.State;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Counts what a run's steps do, one step at a time, and shows it: as it is done, and each second. For any number of threads. */
final class Progress implements StepExecutionListener, AutoCloseable {

    private final ProgressDisplay display;
    private final LongSupplier requests;
    private final int requestsPerHour;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    private @Nullable String step;
    private long begin;
    private long done;
    private @Nullable Long expected;

    /**
     * Begins to show.
     *
     * @param requests how many were made so far
     * @param requestsPerHour how many may be made in an hour
     */
    Progress(ProgressDisplay display, LongSupplier requests, int requestsPerHour, LongSupplier nanoTime) {
        this.display = display;
        this.requests = requests;
        this.requestsPerHour = requestsPerHour;
        this.nanoTime = nanoTime;
        var unused = clock.scheduleWithFixedDelay(this::show, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void beforeStep(StepExecution execution) {
        LogFields.step(execution.getStepName());
        step = execution.getStepName();
        begin = nanoTime.getAsLong();
        done = 0;
        expected = null;
    }

    /** How many rows the step is to do in this process; not more than a guess for some. */
    synchronized void expect(long rows) {
        expected = rows > 0 ? rows : null;
    }

    /** So many more rows are done. */
    synchronized void advance(long rows) {
        done += rows;
        show();
    }

    @Override
    public synchronized @Nullable ExitStatus afterStep(StepExecution execution) {
        State state = state();
        if (state != null) {
            display.end(state);
        }
        step = null;
        LogFields.step(null);
        return null;
    }

    private synchronized void show() {
        State state = state();
        if (state != null) {
            display.show(state);
        }
    }

    private @Nullable State state() {
        return step == null
                ? null
                : new State(
                        step,
                        done,
                        expected,
                        Duration.ofNanos(nanoTime.getAsLong() - begin),
                        requests.getAsLong(),
                        requestsPerHour);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
