package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.job.Failures;
import io.kandjietl.job.RunTelemetry;
import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** What {@code sync} and {@code restart} have in common: a run, and what is told of it, even of one that could not begin. */
final class RunAttempt {

    private static final Logger log = LoggerFactory.getLogger(RunAttempt.class);

    private final Surroundings surroundings;
    private final Instant begin = Instant.now();
    private boolean isBegun;

    RunAttempt(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Starts the application, and does the command's work. */
    int start(ToIntFunction<ConfigurableApplicationContext> work) {
        try {
            return Application.run(surroundings, work);
        } catch (RuntimeException e) {
            if (!isBegun) {
                tellUnbegun(e);
            }
            throw e;
        }
    }

    /** Brings a run to its end, and tells what came of it. */
    int run(ConfigurableApplicationContext context, SyncRequest request) {
        isBegun = true;
        SyncReport report = context.getBean(RunTelemetry.class).run(request);
        SyncSummary.print(report, Places.of(context.getEnvironment()), surroundings);
        if (report.held() != null) {
            throw report.held();
        }
        return ExitCode.OK.code();
    }

    private void tellUnbegun(RuntimeException thrown) {
        try {
            RunTelemetry.tellUnbegun(Application.environment(surroundings), Failures.explain(thrown), begin);
        } catch (RuntimeException e) {
            log.debug("Nothing is told of a run that could not begin:", e);
        }
    }
}
