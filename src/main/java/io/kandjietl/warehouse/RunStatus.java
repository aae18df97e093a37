package io.kandjietl.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How a run stands, for an operator.
 *
 * @param run what its record says
 * @param step the step that it is in, or failed in; null before the first one, and once it is over
 * @param finishedAt when its last process finished; null while it runs
 * @param runBy the pod or host
 * @param isAtWork whether a process is at work on it, as the lease says
 * @param requests requests taken for it, over all its processes, the one at work included
 */
public record RunStatus(
        SyncRun run,
        @Nullable String step,
        @Nullable Instant finishedAt,
        String runBy,
        boolean isAtWork,
        long requests) {

    /** Whether a process began it or went on with it, and died. */
    public boolean isDead() {
        return finishedAt == null && !isAtWork;
    }

    /** The newest runs of a tenant, the newest first. */
    public static List<RunStatus> newest(JdbcClient jdbc, String tenant, int most) {
        return jdbc.sql(Statements.named("select-run-status"))
                .param("tenant", tenant)
                .param("most", most)
                .query(RunStatus::of)
                .list();
    }

    private static RunStatus of(ResultSet row, int number) throws SQLException {
        return new RunStatus(
                SyncRuns.syncRun(row, number),
                row.getString("step"),
                Timestamps.get(row, "finished_at"),
                row.getString("run_by"),
                row.getBoolean("is_at_work"),
                row.getLong("requests_used"));
    }
}
