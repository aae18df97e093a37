package io.kandjietl.warehouse;

import io.kandjietl.device.RejectedRecord;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps rejected records, each once a run, in the current transaction. */
final class Quarantine {

    private final JdbcClient jdbc;
    private final Clock clock;

    /**
     * Makes it.
     *
     * @param clock for the time of a rejection
     */
    Quarantine(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(Run run, RejectedRecord rejected) {
        jdbc.sql(Statements.named("insert-rejected"))
                .param("runId", run.runId())
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .param("source", rejected.source().code())
                .param("deviceId", rejected.deviceId())
                .param("reason", rejected.reason())
                .param("jsonPointer", rejected.jsonPointer())
                .param("payload", rejected.payload())
                .param("sourceOffset", rejected.offset())
                .param("rejectedAt", Timestamps.of(clock.instant()))
                .update();
    }
}
