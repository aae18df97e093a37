package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import io.kandjietl.telemetry.Measured;
import io.kandjietl.telemetry.Telemetry;
import io.micrometer.observation.Observation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Runs what is asked for, and tells those who watch over it how it ended, whether well or not. What can't be told changes nothing about
 * the run, and holds its end up for a bounded time. For one thread.
 */
public final class RunTelemetry {

    private static final Logger log = LoggerFactory.getLogger(RunTelemetry.class);

    /** For all that is told together. */
    static final Duration AT_MOST = Duration.ofSeconds(10);

    /** A process that is told to end has less than 20 seconds for all that it still does. */
    private static final Duration WHEN_STOPPED = Duration.ofSeconds(3);

    private final Settings settings;
    private final SyncRunner runner;
    private final RunFigures figures;
    private final Telemetry telemetry;
    private final StopSignal stop;
    private final Clock clock;

    RunTelemetry(
            Settings settings,
            SyncRunner runner,
            RunFigures figures,
            Telemetry telemetry,
            StopSignal stop,
            Clock clock) {
        this.settings = settings;
        this.runner = runner;
        this.figures = figures;
        this.telemetry = telemetry;
        this.stop = stop;
        this.clock = clock;
    }

    /**
     * Runs what is asked for, as {@link SyncRunner#run} does.
     *
     * @return how it ended well
     * @throws FailureException how it failed, or why it was stopped
     */
    public SyncReport run(SyncRequest request) {
        Instant begin = clock.instant();
        SyncReport report;
        try {
            report = observed(request);
        } catch (FailureException e) {
            tell(new RunResult(null, e), begin);
            throw e;
        }
        tell(new RunResult(report, report.held()), begin);
        return report;
    }

    /**
     * Tells that a run could not begin, as when the settings are wrong: as far as these say where to.
     *
     * @param begin when the command began
     */
    public static void tellUnbegun(ConfigurableEnvironment environment, FailureException failure, Instant begin) {
        TelemetryReader.alone(environment).ifPresent(telemetry -> {
            try (telemetry) {
                RunResult result = new RunResult(null, failure);
                List<Measured> known = new ArrayList<>(RunFigures.ofEnd(result.exitCode(), begin, Instant.now()));
                known.addAll(RunFigures.outcomes(result.outcome(null)));
                telemetry.send(known, AT_MOST);
            }
        });
    }

    private SyncReport observed(SyncRequest request) {
        Observation observation = Observation.createNotStarted("kandji.run", telemetry.observations())
                .lowCardinalityKeyValue("kandji.tenant", settings.tenant());
        return Objects.requireNonNull(observation.observe(() -> {
            try {
                SyncReport report = runner.run(request);
                tellCode(observation, new RunResult(report, report.held()));
                return report;
            } catch (FailureException e) {
                tellCode(observation, new RunResult(null, e));
                throw e;
            }
        }));
    }

    private static void tellCode(Observation observation, RunResult result) {
        observation.lowCardinalityKeyValue("kandji.exit_code", String.valueOf(result.exitCode()));
    }

    private void tell(RunResult result, Instant begin) {
        if (telemetry.isOff()) {
            return;
        }
        long start = System.nanoTime();
        Duration atMost = stop.isRequested() ? WHEN_STOPPED : AT_MOST;
        try {
            List<Measured> all = new ArrayList<>(figures.ofProcess(result, begin));
            all.addAll(recorded(result, atMost.dividedBy(2)));
            telemetry.send(all, atMost.minusNanos(System.nanoTime() - start));
        } catch (RuntimeException e) {
            log.warn("Unable to tell how the run ended: {}. It stands as it ended; report this", e.toString());
        }
    }

    /** On a thread of its own: a database that does not answer holds up nobody. */
    private List<Measured> recorded(RunResult result, Duration atMost) {
        FutureTask<List<Measured>> query = new FutureTask<>(() -> figures.recorded(result));
        Thread.ofVirtual().name("run-figures").start(query);
        try {
            return query.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The database says nothing of the run:", e);
        } finally {
            query.cancel(true);
        }
        return figures.unrecorded(result);
    }
}
