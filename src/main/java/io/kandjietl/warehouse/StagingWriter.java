package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.PgBulkInsert;
import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Copies normalized records into the staging tables, and quarantines the rejected ones, in the transaction of the chunk
 * that they came in: a chunk that is rolled back leaves nothing. Checks the lease before its first write.
 *
 * <p>For the one thread of its step. Writing a record again after a restart is harmless: of a device's rows the last
 * counts, and a rejected record is kept once a run.
 */
public class StagingWriter implements ItemWriter<NormalizedRecord> {

    private static final PgBulkInsert<StagedRow<Device>> DEVICES = new PgBulkInsert<>(new StagedDeviceMapping());
    private static final PgBulkInsert<StagedRow<Assignment>> ASSIGNMENTS =
            new PgBulkInsert<>(new StagedAssignmentMapping());

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TenantLease lease;
    private final Clock clock;
    private final Run run;

    /**
     * Makes the writer of one run.
     *
     * @param dataSource the one that the chunk's transaction is of
     * @param lease the tenant's, held
     * @param clock for the time of a rejection
     * @param run the run that the records belong to
     */
    public StagingWriter(DataSource dataSource, TenantLease lease, Clock clock, Run run) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.lease = lease;
        this.clock = clock;
        this.run = run;
    }

    /**
     * Writes a chunk.
     *
     * @throws LeaseLostException when another process took the tenant over; nothing was written then
     */
    @Override
    public void write(Chunk<? extends NormalizedRecord> chunk) {
        lease.check();
        List<StagedRow<Device>> devices = new ArrayList<>(chunk.size());
        List<StagedRow<Assignment>> assignments = new ArrayList<>(chunk.size());
        for (NormalizedRecord item : chunk) {
            switch (item) {
                case AcceptedDevice accepted -> {
                    devices.add(new StagedRow<>(run.runId(), accepted.position(), accepted.device()));
                    for (Assignment assignment : accepted.assignments()) {
                        assignments.add(new StagedRow<>(run.runId(), accepted.position(), assignment));
                    }
                }
                case RejectedRecord rejected -> quarantine(rejected);
            }
        }
        copy(devices, assignments);
    }

    private void copy(List<StagedRow<Device>> devices, List<StagedRow<Assignment>> assignments) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            if (!devices.isEmpty()) {
                DEVICES.saveAll(postgres, devices);
            }
            if (!assignments.isEmpty()) {
                ASSIGNMENTS.saveAll(postgres, assignments);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("copying into staging", null, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void quarantine(RejectedRecord rejected) {
        jdbc.sql(Statements.named("insert-rejected"))
                .param("runId", run.runId())
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .param("source", rejected.source().code())
                .param("deviceId", rejected.deviceId())
                .param("reason", rejected.reason())
                .param("jsonPointer", rejected.jsonPointer())
                .param("payload", rejected.payload())
                .param("rejectedAt", Timestamps.of(clock.instant()))
                .update();
    }
}
