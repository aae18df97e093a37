package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.job.ConfigurationException;
import io.kandjietl.job.Preflight;
import io.kandjietl.job.SettingProblem;
import io.kandjietl.job.Settings;
import io.kandjietl.job.SettingsReader;
import io.kandjietl.job.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;

/** {@code check}: tries everything that a run needs; one verdict a line, with its remedy. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Tries everything that a run needs: settings, Kandji, PostgreSQL, the lake. Changes nothing.",
            "Ends with the exit code that a run would end with for the gravest finding."
        })
final class CheckCommand implements Callable<Integer> {

    /** What must be mended first, the gravest first: all of them, so that no finding ends as a success. */
    static final List<ExitCode> GRAVITY = List.of(
            ExitCode.CONFIGURATION,
            ExitCode.REFUSED,
            ExitCode.USAGE,
            ExitCode.UNEXPECTED,
            ExitCode.UNAVAILABLE,
            ExitCode.LAKE_UNWRITABLE,
            ExitCode.TRY_LATER,
            ExitCode.TOO_MANY_REJECTS,
            ExitCode.ARCHIVAL_HELD,
            ExitCode.OK);

    private final Surroundings surroundings;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ConfigurableEnvironment environment = Application.environment(surroundings);
        Settings settings;
        try {
            settings = new SettingsReader(environment).read();
        } catch (ConfigurationException e) {
            for (SettingProblem problem : e.problems()) {
                surroundings.out().println("✗ " + problem.line());
            }
            return ExitCode.CONFIGURATION.code();
        }
        List<Verdict> verdicts = new Preflight(settings, dataSource(environment), Clock.systemUTC()).run();
        verdicts.forEach(this::print);
        surroundings.out().flush();
        return GRAVITY.stream()
                .filter(code -> verdicts.stream().anyMatch(verdict -> verdict.exitCode() == code))
                .findFirst()
                .orElse(ExitCode.OK)
                .code();
    }

    private void print(Verdict verdict) {
        surroundings.say(
                verdict.isGood()
                        ? "✓ " + verdict.subject() + ": " + verdict.found()
                        : "✗ " + verdict.subject() + ": " + verdict.found() + ". " + verdict.remedy());
    }

    private static DataSource dataSource(ConfigurableEnvironment environment) {
        DriverManagerDataSource dataSource =
                new DriverManagerDataSource(environment.getRequiredProperty("spring.datasource.url"));
        Properties timeouts = new Properties();
        timeouts.setProperty("connectTimeout", "10");
        timeouts.setProperty("socketTimeout", "30");
        dataSource.setConnectionProperties(timeouts);
        dataSource.setUsername(environment.getProperty("spring.datasource.username", ""));
        dataSource.setPassword(environment.getProperty("spring.datasource.password", ""));
        return dataSource;
    }
}
