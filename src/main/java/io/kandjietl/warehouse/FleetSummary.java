package io.kandjietl.warehouse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a person wants to know after a run.
 *
 * @param platforms active devices by platform, the largest first
 * @param rejections why records of this run were rejected, the commonest first
 * @param newFields fields that were never seen before; 20 at most
 * @param changes some of what this run changed; empty for the tenant's first run
 * @param active active devices
 * @param archived archived devices
 * @param assigned active devices with an assigned user
 * @param people different assigned users
 */
public record FleetSummary(
        List<PlatformCount> platforms,
        List<Rejection> rejections,
        List<String> newFields,
        List<Change> changes,
        long active,
        long archived,
        long assigned,
        long people) {

    private static final int MOST_CHANGES = 12;

    /**
     * Active devices of a platform.
     *
     * @param platform as the tenant spells it; {@code unknown} where it says nothing
     * @param devices all of them
     * @param added first seen in this run's slot
     * @param changed changed in this run's slot, and seen before
     */
    public record PlatformCount(String platform, long devices, long added, long changed) {}

    /**
     * Records that were rejected for the same reason.
     *
     * @param reason in words
     * @param records how many
     * @param example where in one of them, as a JSON pointer
     */
    public record Rejection(
            String reason, long records, @Nullable String example) {}

    /**
     * That something about a device is other than in the slot before.
     *
     * @param device its name; null when it has none
     * @param what which column, or what of it
     * @param was before; null when there was nothing
     * @param isNow from this slot on; null when there is nothing
     */
    public record Change(
            @Nullable String device,
            String what,
            @Nullable String was,
            @Nullable String isNow) {}

    /** Reads the summary of a published run. */
    public static FleetSummary of(JdbcClient jdbc, Run run) {
        List<PlatformCount> platforms = jdbc.sql(Statements.named("select-platform-counts"))
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .query((row, number) -> new PlatformCount(
                        row.getString("platform"), row.getLong("devices"), row.getLong("new"), row.getLong("changed")))
                .list();
        List<Rejection> rejections = jdbc.sql(Statements.named("select-rejected-reasons"))
                .param("runId", run.runId())
                .query((row, number) ->
                        new Rejection(row.getString("reason"), row.getLong("records"), row.getString("json_pointer")))
                .list();
        List<String> newFields = jdbc.sql(Statements.named("select-new-fields"))
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .query((row, number) -> row.getString("field"))
                .list();
        List<Change> changes = changes(jdbc, run);
        return jdbc.sql(Statements.named("select-fleet-counts"))
                .param("tenant", run.tenant())
                .query((row, number) -> new FleetSummary(
                        platforms,
                        rejections,
                        newFields,
                        changes,
                        row.getLong("active"),
                        row.getLong("archived"),
                        row.getLong("assigned"),
                        row.getLong("people")))
                .single();
    }

    private static List<Change> changes(JdbcClient jdbc, Run run) {
        boolean first = jdbc.sql(Statements.named("select-is-first-run"))
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .query(Boolean.class)
                .single();
        if (first) {
            return List.of();
        }
        return jdbc.sql(Statements.named("select-changes"))
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .param("most", MOST_CHANGES)
                .query((row, number) -> new Change(
                        row.getString("device_name"),
                        row.getString("what"),
                        row.getString("was"),
                        row.getString("is_now")))
                .list();
    }
}
