package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.util.List;
import java.util.stream.Collectors;

/** Settings are missing or wrong: all that is, in one message. */
public final class ConfigurationException extends FailureException {

    private static final long serialVersionUID = 1L;

    private final transient List<SettingProblem> problems;

    ConfigurationException(List<SettingProblem> problems) {
        super(
                ExitCode.CONFIGURATION,
                message(problems),
                "Mend the settings named above, then run the same command again",
                null);
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong. */
    public List<SettingProblem> problems() {
        return problems;
    }

    private static String message(List<SettingProblem> problems) {
        String count = problems.size() == 1 ? "A setting is wrong:" : problems.size() + " settings are wrong:";
        return problems.stream().map(problem -> "\n  " + problem.line()).collect(Collectors.joining("", count, ""));
    }
}
