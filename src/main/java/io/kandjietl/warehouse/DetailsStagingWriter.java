package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.PgBulkInsert;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.TriedDetails;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies what details answers told into the staging tables, and quarantines the rejected answers, in the transaction of
 * the chunk that they came in: a chunk that is rolled back leaves nothing. That a device was asked for in vain is staged
 * as well. Checks the lease before its first write. For the one thread of its step.
 */
public class DetailsStagingWriter implements ItemWriter<TriedDetails> {

    private static final PgBulkInsert<StagedRow<TriedDetails>> DETAILS = new PgBulkInsert<>(new StagedDetailsMapping());

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
     * @param run the run that the details belong to
     */
    public DetailsStagingWriter(DataSource dataSource, TenantLease lease, Clock clock, Run run) {
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
    public void write(Chunk<? extends TriedDetails> chunk) {
        lease.check();
        List<StagedRow<TriedDetails>> details = new ArrayList<>(chunk.size());
        List<StagedRow<Assignment>> accounts = new ArrayList<>();
        for (TriedDetails tried : chunk) {
            details.add(new StagedRow<>(run.runId(), tried.position(), tried));
            switch (tried.told()) {
                case DetailsOfDevice told -> accounts.addAll(accounts(tried.position(), told));
                case RejectedRecord rejected -> quarantine.add(run, rejected);
                case null -> {}
            }
        }
        copy.copy(DETAILS, details);
        copy.copy(StagingWriter.ASSIGNMENTS, accounts);
    }

    private List<StagedRow<Assignment>> accounts(long position, DetailsOfDevice told) {
        return told.localAccounts() == null
                ? List.of()
                : told.localAccounts().stream()
                        .map(account -> new StagedRow<>(run.runId(), position, account))
                        .toList();
    }
}
