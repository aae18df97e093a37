package io.kandjietl.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fleet that a test writes row by row and changes between requests. Rows are sent as they were written, character by
 * character, so a row may be anything: even what is no JSON. {@code ordering=device_id} shows them in the order of the
 * script, which should be that of their ids; without it they come backwards.
 *
 * <p>A listed device has plain details by itself. Device ids are looked up in lower case. Time does not matter to it.
 * Thread-safe.
 */
public final class ScriptedFleet implements Fleet {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, String> details = new HashMap<>();
    private List<Row> rows = List.of();

    private ScriptedFleet() {}

    /** A fleet of these rows. */
    public static ScriptedFleet of(String... rows) {
        ScriptedFleet fleet = new ScriptedFleet();
        fleet.append(rows);
        return fleet;
    }

    /** A row as most are: a Mac without anything unusual, assigned to nobody. */
    public static String row(String deviceId) {
        return row(deviceId, fields -> {});
    }

    /** A row as most are, but for some fields. */
    public static String row(String deviceId, Consumer<ObjectNode> change) {
        ObjectNode row = MAPPER.createObjectNode();
        row.put("device_id", deviceId);
        row.put("device_name", "Mac " + deviceId);
        row.put("model", "MacBook Air (M2, 2022)");
        row.put("serial_number", "C02" + deviceId.toUpperCase(Locale.ROOT));
        row.put("platform", "Mac");
        row.put("os_version", "15.1");
        row.put("supplemental_build_version", "24B83");
        row.put("supplemental_os_version_extra", "");
        row.put("last_check_in", "2026-11-23T11:47:02.125000Z");
        row.put("user", "");
        row.put("asset_tag", "");
        row.put("blueprint_id", "6f1d1a52-63cf-4dc8-9a3e-3c9c1a0a7d11");
        row.put("blueprint_name", "Company Standard");
        row.put("mdm_enabled", true);
        row.put("agent_installed", true);
        row.put("is_missing", false);
        row.put("is_removed", false);
        row.put("agent_version", "4.5.9 (5160)");
        row.put("first_enrollment", "2024-05-13T20:09:27.374451Z");
        row.put("last_enrollment", "2024-05-13T20:09:27.374451Z");
        row.put("lost_mode_status", "");
        row.putArray("tags");
        change.accept(row);
        return MAPPER.writeValueAsString(row);
    }

    /** A user as a row shows an assigned one. */
    public static ObjectNode user(String id, String email, String name) {
        return MAPPER.createObjectNode()
                .put("email", email)
                .put("name", name)
                .put("id", id)
                .put("is_archived", false);
    }

    /** Adds rows at the end. */
    public synchronized void append(String... more) {
        List<Row> all = new ArrayList<>(rows);
        for (String row : more) {
            all.add(Row.of(row));
        }
        rows = List.copyOf(all);
    }

    /** Inserts a row before the one at an index. */
    public synchronized void insert(int index, String row) {
        List<Row> all = new ArrayList<>(rows);
        all.add(index, Row.of(row));
        rows = List.copyOf(all);
    }

    /** Puts a row in the place of a device's, with whatever id the new one has. */
    public synchronized void replace(String deviceId, String row) {
        known(deviceId);
        rows = rows.stream().map(old -> old.is(deviceId) ? Row.of(row) : old).toList();
    }

    /** Changes fields of a device's row. */
    public synchronized void change(String deviceId, Consumer<ObjectNode> change) {
        ObjectNode fields = (ObjectNode) MAPPER.readTree(known(deviceId).json());
        change.accept(fields);
        replace(deviceId, MAPPER.writeValueAsString(fields));
    }

    /** Deletes devices: they are in the list no longer, and their details are unknown. */
    public synchronized void remove(String... deviceIds) {
        for (String deviceId : deviceIds) {
            known(deviceId);
            keep(row -> !row.is(deviceId));
            details.remove(lower(deviceId));
        }
    }

    /** Leaves a device out of the list, though it is still there: its details go on being answered. */
    public synchronized void unlist(String deviceId) {
        details.putIfAbsent(lower(deviceId), plainDetails(known(deviceId)));
        keep(row -> !row.is(deviceId));
    }

    /** Deletes all rows and all details. */
    public synchronized void clear() {
        rows = List.of();
        details.clear();
    }

    /** Sets what a device's details answer, whether it is in the list or not. */
    public synchronized void details(String deviceId, String json) {
        details.put(lower(deviceId), json);
    }

    @Override
    public synchronized long size(Instant at) {
        return rows.size();
    }

    @Override
    public synchronized byte[] page(Instant at, long offset, int limit, boolean ordered) {
        return (ordered ? rows : rows.reversed())
                .stream()
                        .skip(offset)
                        .limit(limit)
                        .map(Row::json)
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized Optional<byte[]> details(Instant at, String deviceId) {
        return Optional.ofNullable(details.get(lower(deviceId)))
                .or(() -> find(deviceId).map(ScriptedFleet::plainDetails))
                .map(json -> json.getBytes(StandardCharsets.UTF_8));
    }

    private static String plainDetails(Row row) {
        JsonNode fields = MAPPER.readTree(row.json());
        ObjectNode answer = MAPPER.createObjectNode();
        ObjectNode general = answer.putObject("general");
        general.set("device_id", fields.path("device_id"));
        general.set("device_name", fields.path("device_name"));
        general.set("assigned_user", fields.path("user"));
        general.set("blueprint_name", fields.path("blueprint_name"));
        general.set("blueprint_uuid", fields.path("blueprint_id"));
        answer.putObject("mdm").put("mdm_enabled", "True").put("supervised", "True");
        answer.putObject("filevault").put("filevault_enabled", true);
        answer.putObject("hardware_overview")
                .put("model_identifier", "Mac14,2")
                .put("udid", "UDID-" + fields.path("device_id").asString());
        ObjectNode users = answer.putObject("users");
        users.putArray("regular_users")
                .addObject()
                .put("username", "local")
                .put("uid", "501")
                .put("path", "/Users/local")
                .put("admin", "Yes")
                .put("name", "Local User");
        users.putArray("system_users");
        return MAPPER.writeValueAsString(answer);
    }

    private Row known(String deviceId) {
        return find(deviceId)
                .orElseThrow(() -> new IllegalArgumentException("The scripted fleet lists no device " + deviceId));
    }

    private Optional<Row> find(String deviceId) {
        return rows.stream().filter(row -> row.is(deviceId)).findFirst();
    }

    private void keep(Predicate<Row> kept) {
        rows = rows.stream().filter(kept).toList();
    }

    private static String lower(String deviceId) {
        return deviceId.toLowerCase(Locale.ROOT);
    }

    /**
     * A row.
     *
     * @param json as it is sent
     * @param deviceId null when none can be read from it
     */
    private record Row(String json, @Nullable String deviceId) {

        static Row of(String json) {
            try {
                JsonNode id = MAPPER.readTree(json).path("device_id");
                return new Row(json, id.isString() ? id.asString() : null);
            } catch (JacksonException e) {
                return new Row(json, null); // a row may be anything
            }
        }

        boolean is(String id) {
            return id.equalsIgnoreCase(deviceId);
        }
    }
}
