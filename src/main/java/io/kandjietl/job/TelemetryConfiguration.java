package io.kandjietl.job;

import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.telemetry.Telemetry;
import io.kandjietl.warehouse.SyncRuns;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a run is watched. Spring Boot gives the registry to the job and its steps, which are observed by Spring Batch itself. */
@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    Telemetry telemetry(Settings settings) {
        return new Telemetry(settings.telemetry(), settings.tenant());
    }

    @Bean
    ObservationRegistry observationRegistry(Telemetry telemetry) {
        return telemetry.observations();
    }

    @Bean
    RunWatch runWatch() {
        return new RunWatch();
    }

    @Bean
    RunTelemetry runTelemetry(
            Settings settings,
            SyncRunner runner,
            RunWatch watch,
            SyncRuns runs,
            JdbcClient jdbc,
            LedgerBudget budget,
            KandjiClient client,
            Telemetry telemetry,
            StopSignal stop,
            Clock clock) {
        RunFigures figures = new RunFigures(settings, watch, runs, jdbc, budget, client, clock);
        return new RunTelemetry(settings, runner, figures, telemetry, stop, clock);
    }
}
