package io.kandjietl.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SQL that the job runs: one file a statement under {@code sql/statement/}, read once. */
final class Statements {

    /** What a run leaves behind in staging is deleted by these, by run. */
    static final List<String> EMPTY_STAGING = List.of(
            "empty-staged-devices", "empty-staged-assignments", "empty-staged-details", "empty-details-worklist");

    /** The same of a tenant's older runs. */
    static final List<String> EMPTY_OLDER_STAGING = List.of(
            "empty-older-staged-devices",
            "empty-older-staged-assignments",
            "empty-older-staged-details",
            "empty-older-details-worklist");

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Statements() {}

    /**
     * The text of a statement.
     *
     * @param name the file's name without its ending
     * @throws IllegalArgumentException when there is no such file
     */
    static String named(String name) {
        return TEXTS.computeIfAbsent(name, Statements::read);
    }

    private static String read(String name) {
        try (InputStream file = Statements.class.getResourceAsStream("/sql/statement/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("There is no statement sql/statement/" + name + ".sql");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Unable to read sql/statement/" + name + ".sql", e);
        }
    }
}
