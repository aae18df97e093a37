package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.PgBulkInsert;
import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.RejectedRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies normalized records into the staging tables, and quarantines the rejected ones, in the transaction of the chunk
 * that they came in: a chunk that is rolled back leaves nothing. Checks the lease before its first write.
 *
 * <p>For the one thread of its step. Writing a record again after a restart is harmless: of a device's rows the last
 * counts, and a rejected record is kept once a run.
 */
public class StagingWriter implements ItemWriter<NormalizedRecord> {

    private static final PgBulkInsert<StagedRow<Device>> DEVICES = new PgBulkInsert<>(new StagedDeviceMapping());
    static final PgBulkInsert<StagedRow<Assignment>> ASSIGNMENTS = new PgBulkInsert<>(new StagedAssignmentMapping());

    private final StagingCopy copy;
    private final Quarantine quarantine;
    private final TenantLease lease;
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
        this.copy = new StagingCopy(dataSource);
        this.quarantine = new Quarantine(JdbcClient.create(dataSource), clock);
        this.lease = lease;
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
                case RejectedRecord rejected -> quarantine.add(run, rejected);
            }
        }
        copy.copy(DEVICES, devices);
        copy.copy(ASSIGNMENTS, assignments);
    }
}
