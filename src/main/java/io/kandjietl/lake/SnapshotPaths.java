package io.kandjietl.lake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
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

    private static final String DATA_END = ".parquet";
    private static final String MANIFEST_END = ".json";

    SnapshotPaths {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("'" + tenant + "' can't be a tenant's name in a path");
        }
        if (!slot.truncatedTo(ChronoUnit.SECONDS).equals(slot)) {
            throw new IllegalArgumentException("A slot is a whole second, but " + slot + " is not");
        }
    }

    String data(String entity) {
        return dayOf(entity) + NAME.format(slot) + DATA_END;
    }

    /** The folder of a slot's file, with the others of its day. */
    String dayOf(String entity) {
        return dataOf(entity, tenant) + "slot_date=" + DATE.format(slot) + "/";
    }

    String manifest() {
        return manifestsOf(tenant) + NAME.format(slot) + MANIFEST_END;
    }

    String latest() {
        return latestOf(tenant);
    }

    /** The folder of a tenant's files of an entity, a folder a day. */
    static String dataOf(String entity, String tenant) {
        return entity + "/tenant=" + tenant + "/";
    }

    /** The folder of a tenant's manifests. */
    static String manifestsOf(String tenant) {
        return "_manifests/tenant=" + tenant + "/";
    }

    static String latestOf(String tenant) {
        return manifestsOf(tenant) + "_latest" + MANIFEST_END;
    }

    /** The slot of a manifest's name; empty for any other name. */
    static Optional<Instant> slotOfManifest(String name) {
        return slotOf(name, MANIFEST_END);
    }

    /** The slot of a data file's name; empty for any other name. */
    static Optional<Instant> slotOfData(String name) {
        return slotOf(name, DATA_END);
    }

    private static Optional<Instant> slotOf(String name, String end) {
        if (!name.endsWith(end)) {
            return Optional.empty();
        }
        try {
            return Optional.of(NAME.parse(name.substring(0, name.length() - end.length()), Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
