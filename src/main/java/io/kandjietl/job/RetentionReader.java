package io.kandjietl.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how long what is kept. */
final class RetentionReader {

    private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");
    private static final int LEAST_DAYS_KEPT = 7;

    private final SettingValues values;

    RetentionReader(SettingValues values) {
        this.values = values;
    }

    RetentionSettings read() {
        RetentionSettings standard = RetentionSettings.STANDARD;
        return new RetentionSettings(
                kept("kandji.retention.history", null),
                kept("kandji.retention.lake", null),
                kept("kandji.retention.runs", null),
                keptForATime("kandji.retention.batch", standard.batch()),
                keptForATime("kandji.retention.rejects", standard.rejects()));
    }

    private Duration keptForATime(String name, Duration fallback) {
        Duration period = kept(name, fallback);
        return period == null ? fallback : period;
    }

    /** A slip of the keyboard would delete what does not come back: no unit but the day, and 7 of them at least. */
    private @Nullable Duration kept(String name, @Nullable Duration fallback) {
        String text = values.text(name);
        if (text == null) {
            return fallback;
        }
        Matcher days = DAYS.matcher(text);
        if (!days.matches() || Integer.parseInt(days.group(1)) < LEAST_DAYS_KEPT) {
            values.problem(
                    SettingValues.variable(name),
                    "'" + text + "' is no period of " + LEAST_DAYS_KEPT + "d to 99999d",
                    "Set it to days, for example 730d"
                            + (fallback == null
                                    ? ", or leave it out: then all of it is kept"
                                    : "; the default is " + fallback.toDays() + "d"));
            return fallback;
        }
        return Duration.ofDays(Integer.parseInt(days.group(1)));
    }
}
