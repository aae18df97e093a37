package io.kandjietl.warehouse;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The devices whose details a run asks for, the worthiest first: chosen from the listing and from what the warehouse
 * knows, and written down, so that a restart goes on with the same list. Each call is a transaction of its own, beside
 * its caller's.
 */
public final class DetailsWorklist {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JdbcClient aside;
    private final TenantLease lease;
    private final Run run;

    /**
     * Makes the worklist of a run.
     *
     * @param jdbc takes part in transactions of {@code transactionManager}
     * @param aside reads on a connection of its own: what is next is asked for while a chunk's transaction waits
     * @param lease the tenant's, held
     */
    public DetailsWorklist(
            JdbcClient jdbc,
            JdbcClient aside,
            PlatformTransactionManager transactionManager,
            TenantLease lease,
            Run run) {
        this.aside = aside;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.lease = lease;
        this.run = run;
    }

    /**
     * Chooses anew, forgetting what was chosen before.
     *
     * @param maxAge how old details may become
     * @param slotLength after how long the next run chooses
     * @param most how many devices can be asked for
     * @return how many were worth a request, chosen or not
     * @throws LeaseLostException when another process took the tenant over; nothing was written then
     */
    public long write(Duration maxAge, Duration slotLength, long most) {
        Long wanted = transaction.execute(status -> {
            lease.check();
            statement("empty-details-worklist").update();
            jdbc.sql(Statements.named("plan-for-sets")).query().singleRow();
            statement("create-listed").param("tenant", run.tenant()).update();
            statement("analyze-listed").update();
            return statement("write-details-worklist")
                    .param("tenant", run.tenant())
                    .param(
                            "tooOldBefore",
                            Timestamps.of(run.slot().plus(slotLength).minus(maxAge)))
                    .param("most", most)
                    .query(Long.class)
                    .single();
        });
        return wanted == null ? 0 : wanted;
    }

    /**
     * The next devices in their order.
     *
     * @param after the rank of the last one before; 0 for the first
     * @param most how many
     * @param entry makes an entry of a rank and a device's id
     */
    public <T> List<T> next(long after, int most, BiFunction<Long, String, T> entry) {
        return aside.sql(Statements.named("select-details-worklist"))
                .param("runId", run.runId())
                .param("after", after)
                .param("most", most)
                .query((row, number) -> entry.apply(row.getLong("rank"), row.getString("device_id")))
                .list();
    }

    private JdbcClient.StatementSpec statement(String name) {
        return jdbc.sql(Statements.named(name)).param("runId", run.runId());
    }
}
