package io.kandjietl.command;

import io.kandjietl.job.ProgressLines;
import io.kandjietl.job.SyncConfiguration;
import java.util.HashMap;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts what a command needs, lets it work, and closes everything behind it. */
final class Application {

    private Application() {}

    /**
     * Runs a command's work.
     *
     * @param work takes the started application and gives the exit code
     */
    static int run(Surroundings surroundings, ToIntFunction<ConfigurableApplicationContext> work) {
        SpringApplication application = new SpringApplication(SyncConfiguration.class);
        application.setEnvironment(settings(surroundings));
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false); // Whoever works closes it: a stop is asked for, and waited for.
        application.addInitializers(
                SyncConfiguration::readSettings,
                context -> context.getBeanFactory().registerSingleton("stopSignal", surroundings.stop()),
                context -> context.getBeanFactory()
                        .registerSingleton(
                                "progressDisplay",
                                surroundings.isTerminal() ? new ProgressBars() : new ProgressLines()));
        try (ConfigurableApplicationContext context = application.run()) {
            return work.applyAsInt(context);
        }
    }

    /** The settings' environment, configuration files included, without an application: for what must work without one. */
    static ConfigurableEnvironment environment(Surroundings surroundings) {
        SpringApplication application = new SpringApplication(NoBeans.class);
        application.setEnvironment(settings(surroundings));
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext context = application.run()) {
            return context.getEnvironment();
        }
    }

    private static StandardEnvironment settings(Surroundings surroundings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new HashMap<>(surroundings.environment())));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("given", new HashMap<>(surroundings.properties())));
        return environment;
    }

    /** An application of nothing but its environment. */
    @Configuration(proxyBeanMethods = false)
    static class NoBeans {}
}
