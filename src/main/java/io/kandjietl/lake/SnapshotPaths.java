package io.kandjietl.lake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a slot's files are, relative to the lake's root. Readers and other programs rely on it.
 *
 * @param tenant letters, digits, hyphens, underscores and dots, so that it needs no escape in a path
 * @param slot whole seconds, in the years 0 to 9999
 */
record SnapshotPaths(String tenant, Instant slot) {

    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final DateTimeFormatter DATE = utc("yyyy-MM-dd");
    private static final DateTimeFormatter NAME = utc("yyyyMMdd'T'HHmmss'Z'");

    SnapshotPaths {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("'" + tenant + "' can't be a tenant's name in a path");
        }
        if (!slot.truncatedTo(ChronoUnit.SECONDS).equals(slot)) {
            throw new IllegalArgumentException("A slot is a whole second, but " + slot + " is not");
        }
    }

    String data(String entity) {
        return entity + "/tenant=" + tenant + "/slot_date=" + DATE.format(slot) + "/" + NAME.format(slot) + ".parquet";
    }

    String manifest() {
        return manifests() + NAME.format(slot) + ".json";
    }

    String latest() {
        return manifests() + "_latest.json";
    }

    private String manifests() {
        return "_manifests/tenant=" + tenant + "/";
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
