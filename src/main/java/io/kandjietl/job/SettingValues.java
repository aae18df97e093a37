package io.kandjietl.job;

import io.kandjietl.failure.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/** The values of settings, one by one, and all that was found to be wrong with them. For one reading; not for several threads. */
final class SettingValues {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)}");

    private final Binder binder;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<String> unresolved = new HashSet<>();

    SettingValues(ConfigurableEnvironment environment) {
        this.binder = Binder.get(environment);
    }

    /** What was wrong up to now. */
    List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    /** A whole number within bounds. */
    int number(String name, int fallback, int least, int most) {
        int value = setting(name, Integer.class, fallback);
        if (value < least || value > most) {
            problem(variable(name), "is " + value, "Set it to a number from " + least + " to " + most);
        }
        return Math.clamp(value, least, most);
    }

    /** A value of a type; the fallback where it is not set, or is none, which is a problem then. */
    <T> T setting(String name, Class<T> type, T fallback) {
        if (text(name) == null) {
            return fallback;
        }
        try {
            return binder.bind(name, type).orElse(fallback);
        } catch (BindException e) {
            problem(variable(name), "'" + text(name) + "' is no " + typeName(type), "The default is " + fallback);
            return fallback;
        }
    }

    private static String typeName(Class<?> type) {
        if (type == Duration.class) {
            return "period of time like 90m or 2h";
        }
        return type == Boolean.class ? "true or false" : "number";
    }

    /** Like {@link #text}, in lower case. */
    @Nullable
    String lower(String name) {
        String text = text(name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /**
     * The text of a setting, without blanks around it; null when it is not set.
     *
     * @throws ConfigurationException when it holds an API token that belongs elsewhere
     */
    @Nullable
    String text(String name) {
        String text = bound(name);
        MisplacedToken.find(name, text, bound("kandji.api-token")).ifPresent(problem -> {
            throw new ConfigurationException(List.of(problem)); // Alone: other messages may show the value.
        });
        noteUnresolved(name, text);
        return text.isEmpty() ? null : text;
    }

    /** Notes a problem where a setting is nothing but the name of another that is missing; its value is told nowhere. */
    void checkResolved(String name) {
        String value = bound(name);
        if (PLACEHOLDER.matcher(value).matches()) {
            noteUnresolved(name, value);
        }
    }

    private void noteUnresolved(String name, String value) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        if (placeholder.find() && !unresolved.contains(variable(name))) {
            String missing = placeholder.group(1);
            problem(
                    variable(name),
                    "is ${" + missing + "}, and there is no " + missing,
                    "Add the key " + missing + " to the Secret, which is a file of that name in KANDJI_SECRETS_DIR");
            unresolved.add(variable(name));
        }
    }

    private String bound(String name) {
        return binder.bind(name, String.class).orElse("").strip();
    }

    /** What a check gives; null where it fails, which is a problem then. */
    <T> @Nullable T checked(String setting, Supplier<T> value) {
        try {
            return value.get();
        } catch (FailureException e) {
            problem(setting, e.getMessage() == null ? "is wrong" : e.getMessage(), e.remedy());
            return null;
        }
    }

    /** Notes what is wrong with a setting; its name is that of a variable. One that refers to what is missing has no other problem. */
    void problem(String setting, String what, String remedy) {
        if (!unresolved.contains(setting)) {
            problems.add(new SettingProblem(setting, what, remedy));
        }
    }

    /** The environment variable of a property. */
    static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** Notes a problem where a number is no percentage. */
    void checkPercentage(String name, double value) {
        if (!(value >= 0 && value <= 100)) {
            problem(variable(name), "is no percentage", "Set it to a number from 0 to 100");
        }
    }

    /** Notes a problem where a number is negative. */
    void checkNotNegative(String name, long value) {
        if (value < 0) {
            problem(variable(name), "is negative", "Set it to a number from 0");
        }
    }

    /** A period of time of at least a second. */
    Duration period(String name, Duration fallback, Duration most) {
        Duration value = setting(name, Duration.class, fallback);
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            problem(variable(name), "is not from 1s to " + most.toHours() + "h", "The default is " + fallback);
        }
        return value;
    }
}
