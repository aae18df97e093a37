package io.kandjietl.warehouse;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
     * @param tooOldBefore details answered before are too old
     * @param most how many devices can be asked for
     * @return how many were worth a request, chosen or not
     * @throws LeaseLostException when another process took the tenant over; nothing was written then
     */
    public long write(Instant tooOldBefore, long most) {
        return afresh(() -> {
            statement("create-listed").update();
            statement("analyze-listed").update();
            return choose("write-details-worklist", tooOldBefore, most)
                    .query(Long.class)
                    .single();
        });
    }

    /**
     * Chooses the absent devices that are to be looked up, forgetting what was chosen before. Their ranks are below 0. The
     * guard is asked first: where it holds archiving back, only those are looked up that are known to be there.
     *
     * @param tooOldBefore details answered before are too old
     * @param most how many devices can be asked for
     * @param guard how many devices are too many to be archived at once
     * @throws LeaseLostException when another process took the tenant over; nothing was written then
     */
    public Absences writeAbsences(Instant tooOldBefore, long most, ArchivalGuard guard) {
        return afresh(() -> {
            Departures departures =
                    Departures.find(jdbc, run, ListingCounts.of(jdbc, run).total());
            Optional<String> held = guard.holds(departures);
            long wanted = choose("write-absences-worklist", tooOldBefore, most)
                    .param("mayArchive", held.isEmpty() && !departures.isListingUnreadable())
                    .query(Long.class)
                    .single();
            return new Absences(
                    departures.absent(),
                    wanted,
                    Math.min(wanted, most),
                    held.orElse(null),
                    departures.isListingUnreadable());
        });
    }

    /**
     * Listed devices whose details may be asked for to see that the tenant answers for a device that is there: those
     * whose details are oldest.
     */
    public List<String> witnesses(int most) {
        return aside.sql(Statements.named("select-witnesses"))
                .param("runId", run.runId())
                .param("tenant", run.tenant())
                .param("most", most)
                .query((row, number) -> row.getString("device_id"))
                .list();
    }

    private <T> T afresh(Supplier<T> choice) {
        T chosen = transaction.execute(status -> {
            lease.check();
            statement("empty-details-worklist").update();
            jdbc.sql(Statements.named("plan-for-sets")).query().singleRow();
            return choice.get();
        });
        return Objects.requireNonNull(chosen);
    }

    private JdbcClient.StatementSpec choose(String statement, Instant tooOldBefore, long most) {
        return statement(statement)
                .param("tooOldBefore", Timestamps.of(tooOldBefore))
                .param("most", most);
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
        return jdbc.sql(Statements.named(name)).param("runId", run.runId()).param("tenant", run.tenant());
    }

    /**
     * What a run found about devices that its listing does not show.
     *
     * @param absent active devices that it does not show
     * @param wanted how many of them are worth a look-up, chosen or not
     * @param chosen how many were chosen: their ranks are from {@code -chosen} to -1
     * @param held why nothing may be archived, in words; null where it may
     * @param isListingUnreadable whether a row of the listing has no readable id, and may be any of them
     */
    public record Absences(
            long absent, long wanted, long chosen, @Nullable String held, boolean isListingUnreadable) {}
}
