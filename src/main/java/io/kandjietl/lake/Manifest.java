package io.kandjietl.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What belongs to a slot's snapshot: programs that read the lake begin here, so that they see both files of a slot or
 * none. It depends on the run and its rows alone, not on the time, so that a restarted run writes the same bytes.
 *
 * @param schemaVersion grows when columns are appended
 * @param tenant whose fleet it is
 * @param slot the time that it stands for
 * @param runId the run in {@code kandji.sync_run}
 * @param createdBy the program and its version
 * @param files one an entity
 */
@JsonPropertyOrder({"schema_version", "tenant", "slot", "run_id", "created_by", "files"})
record Manifest(
        @JsonProperty("schema_version") int schemaVersion,
        String tenant,
        Instant slot,
        @JsonProperty("run_id") long runId,
        @JsonProperty("created_by") String createdBy,

        @JsonPropertyOrder({"entity", "path", "rows", "bytes", "sha256"})
        List<LakeFile> files) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Manifest {
        files = List.copyOf(files);
    }

    static Manifest of(SnapshotPaths paths, long runId, List<LakeFile> files) {
        return new Manifest(LakeTable.SCHEMA_VERSION, paths.tenant(), paths.slot(), runId, program(), files);
    }

    /** Its JSON in UTF-8, on one line, as engines want it that read a record a line. */
    byte[] json() {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a manifest.
     *
     * @throws IOException when it is none that this version understands
     */
    static Manifest read(byte[] json) throws IOException {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (JacksonException e) {
            throw new IOException("a manifest is none: " + e.getOriginalMessage(), e);
        }
    }

    /** The file of an entity; empty when it names none. */
    Optional<LakeFile> file(String entity) {
        return files.stream().filter(file -> file.entity().equals(entity)).findFirst();
    }

    /** With another file in the place of the one of its entity. */
    Manifest with(LakeFile other) {
        return new Manifest(
                schemaVersion,
                tenant,
                slot,
                runId,
                createdBy,
                files.stream()
                        .map(file -> file.entity().equals(other.entity()) ? other : file)
                        .toList());
    }

    /** The slot that a manifest's JSON tells; empty when it tells none, whatever the reason. */
    static Optional<Instant> slotOf(byte[] json) {
        try {
            return Optional.of(Instant.parse(JSON.readTree(json).path("slot").asString()));
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String program() {
        String version = Manifest.class.getPackage().getImplementationVersion();
        return version == null ? "kandji-etl" : "kandji-etl " + version;
    }
}
