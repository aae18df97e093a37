package io.kandjietl.warehouse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a person wants to know after a run.
 *
 * @param platforms active devices by platform, the largest first
 * @param rejections why records of this run were rejected, the commonest first
 * @param active active devices
 * @param archived archived devices
 * @param assigned active devices with an assigned user
 * @param people different assigned users
 */
public record FleetSummary(
        List<PlatformCount> platforms,
        List<Rejection> rejections,
        long active,
        long archived,
        long assigned,
        long people) {

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
        return jdbc.sql(Statements.named("select-fleet-counts"))
                .param("tenant", run.tenant())
                .query((row, number) -> new FleetSummary(
                        platforms,
                        rejections,
                        row.getLong("active"),
                        row.getLong("archived"),
                        row.getLong("assigned"),
                        row.getLong("people")))
                .single();
    }
}
