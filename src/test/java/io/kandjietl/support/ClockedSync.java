package io.kandjietl.support;

import io.kandjietl.job.ProgressDisplay;
import io.kandjietl.job.StopSignal;
import io.kandjietl.job.SyncConfiguration;
import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.job.SyncRunner;
import java.util.HashMap;
import java.util.function.LongSupplier;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Whole runs within this process on a clock that passes by sleeping in it: hours cost no time. */
public final class ClockedSync {

    private ClockedSync() {}

    /** Runs an installation once; the clock is the program's clock, its ticker and its sleeper. */
    public static SyncReport run(Installation installation, ManualClock clock, SyncRequest request) {
        SpringApplication application = new SpringApplication(SyncConfiguration.class);
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new HashMap<>(installation.environment())));
        application.setEnvironment(environment);
        application.addInitializers(
                SyncConfiguration::readSettings, context -> use(clock, (GenericApplicationContext) context));
        try (ConfigurableApplicationContext context = application.run()) {
            return context.getBean(SyncRunner.class).run(request);
        }
    }

    private static void use(ManualClock clock, GenericApplicationContext context) {
        context.registerBean(StopSignal.class);
        context.registerBean(ProgressDisplay.class, () -> ProgressDisplay.NONE);
        context.registerBean("manualClock", ManualClock.class, () -> clock, definition -> definition.setPrimary(true));
        context.registerBean(
                "manualTicker", LongSupplier.class, () -> clock::nanoTime, definition -> definition.setPrimary(true));
    }
}
