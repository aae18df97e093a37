package io.kandjietl.normalize;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates in every spelling that the API was seen to use: a {@code T} or a space between date and time, a fraction or
 * none, and {@code Z}, {@code +00:00} or {@code +0000}, after a space or not.
 */
final class Dates {

    private static final int FIRST_YEAR = 1970;

    private static final int LAST_YEAR = 2200;

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[' '][XXX][XX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Dates() {}

    /** The moment, cut to the microsecond, which is what PostgreSQL and Parquet keep; null for a blank. */
    static @Nullable Instant instant(String field, @Nullable String value) {
        String text = Texts.blankToNull(value);
        if (text == null) {
            return null;
        }
        Instant instant = parse(field, text.strip());
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw UnusableRecordException.ofField(
                    field, "/" + field + " is outside the years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant parse(String field, String text) {
        try {
            return FORMAT.parse(text, OffsetDateTime::from).toInstant();
        } catch (DateTimeException e) {
            throw UnusableRecordException.ofField(
                    field, "/" + field + " is text where a date and time with its offset is expected");
        }
    }
}
