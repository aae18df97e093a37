package io.kandjietl.warehouse;

import io.kandjietl.warehouse.PublicationResult.AlreadyPublished;
import io.kandjietl.warehouse.PublicationResult.Published;
import io.kandjietl.warehouse.PublicationResult.Superseded;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Merges what a run staged, from the listing and from details, into the warehouse: current rows, history, assignments
 * and the run's own record, set by set, in the one transaction of its caller, so that readers see the old picture or the new one. Done again after a restart
 * it finds the run published and changes nothing.
 *
 * <p>A device that the listing does not show is archived only where its absence was confirmed and the guard lets it
 * pass; else it is left as it is. Its absence alone proves nothing.
 */
public final class WarehousePublication {

    private static final Logger log = LoggerFactory.getLogger(WarehousePublication.class);

    private final JdbcClient jdbc;
    private final TenantLease lease;
    private final Clock clock;

    /**
     * Makes the publication of a tenant.
     *
     * @param jdbc takes part in its caller's transaction
     * @param lease the tenant's, held
     * @param clock for the time at which rejected records are resolved
     */
    public WarehousePublication(JdbcClient jdbc, TenantLease lease, Clock clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * Publishes a run whose listing is complete. Must be called in a transaction.
     *
     * @param run the run
     * @param limits how many rejected records are too many
     * @param guard how many devices are too many to be archived at once
     * @throws TooManyRejectsException when they are exceeded; nothing was changed
     * @throws LeaseLostException when another process took the tenant over; nothing was changed
     */
    public PublicationResult publish(Run run, RejectLimits limits, ArchivalGuard guard) {
        lease.check();
        Optional<Instant> newest = newestPublishedSlot(run);
        if (newest.isPresent() && !newest.get().isBefore(run.slot())) {
            return newest.get().equals(run.slot()) ? new AlreadyPublished() : new Superseded(newest.get());
        }
        jdbc.sql(Statements.named("plan-for-sets")).query().singleRow();
        ListingCounts listing = countListing(run, limits);
        Departures departures = Departures.find(jdbc, run, listing.total());
        Optional<String> held = guard.holds(departures);
        if (held.isPresent()) {
            execute(run, "stay-removed");
        }
        execute(run, "create-told");
        execute(run, "analyze-told");
        statement(run, "create-confirmed")
                .param("mayArchive", held.isEmpty() && !departures.isListingUnreadable())
                .update();
        execute(run, "create-gone");
        execute(run, "analyze-gone");
        execute(run, "create-listed-assignment");
        execute(run, "analyze-listed-assignment");
        Changes changes = mergeDevices(run);
        Assignments assignments = mergeAssignments(run);
        execute(run, "mark-rejected-seen");
        execute(run, "resolve-rejected");
        execute(run, "resolve-rejected-details");
        int newFields = execute(run, "insert-field-drift");
        int devicesHeld = settleArchivals(run, held.isPresent());
        markPublished(run, listing, changes, assignments, devicesHeld);
        Statements.EMPTY_STAGING.forEach(statement -> execute(run, statement));
        Statements.EMPTY_OLDER_STAGING.forEach(statement -> execute(run, statement));
        log.info(
                "Published {} devices: {} new or changed, {} archived; {} assignments opened, {} closed; details of {}",
                listing.total(),
                changes.changed(),
                changes.archived(),
                assignments.opened(),
                assignments.closed(),
                changes.details());
        held.ifPresent(why -> log.warn("The archiving of {} devices is held back: {}", devicesHeld, why));
        if (newFields > 0) {
            log.warn("The tenant sends {} fields that were never seen before: see kandji.field_drift", newFields);
        }
        return new Published(listing.total(), changes.changed(), held.orElse(null));
    }

    private Optional<Instant> newestPublishedSlot(Run run) {
        return statement(run, "select-newest-published-slot")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private ListingCounts countListing(Run run, RejectLimits limits) {
        ListingCounts listing = ListingCounts.of(jdbc, run);
        if (limits.exceededBy(listing.rejected(), listing.total())) {
            String commonest = statement(run, "select-rejected-reasons")
                    .query((row, number) -> row.getString("reason"))
                    .list()
                    .getFirst();
            throw new TooManyRejectsException(listing.rejected(), listing.total(), limits, commonest);
        }
        return listing;
    }

    private Changes mergeDevices(Run run) {
        Changes changes = statement(run, "count-changed-devices")
                .query((row, number) ->
                        new Changes(row.getLong("changed"), row.getLong("archived"), row.getLong("details")))
                .single();
        execute(run, "close-device-history");
        execute(run, "merge-device");
        execute(run, "merge-details");
        execute(run, "archive-gone");
        execute(run, "mark-absent");
        execute(run, "open-device-history");
        execute(run, "fill-device-history");
        return changes;
    }

    private Assignments mergeAssignments(Run run) {
        execute(run, "rewrite-user-ids");
        int closed = execute(run, "close-assignments")
                + execute(run, "close-assignments-of-gone")
                + execute(run, "close-local-accounts");
        int opened = execute(run, "open-assignments");
        return new Assignments(opened, closed);
    }

    /** What was held back before is settled where its device is archived or back; what is held back now is put down. */
    private int settleArchivals(Run run, boolean held) {
        statement(run, "forget-settled-archivals").param("held", held).update();
        int devices = held ? execute(run, "hold-archivals") : 0;
        execute(run, "forget-old-archivals");
        return devices;
    }

    private void markPublished(
            Run run, ListingCounts listing, Changes changes, Assignments assignments, int devicesHeld) {
        int marked = statement(run, "mark-published")
                .param("devicesListed", listing.total())
                .param("devicesRejected", listing.rejected())
                .param("devicesChanged", changes.changed())
                .param("devicesArchived", changes.archived())
                .param("devicesHeld", devicesHeld)
                .param("assignmentsOpened", assignments.opened())
                .param("assignmentsClosed", assignments.closed())
                .param("detailsFetched", changes.details())
                .update();
        if (marked != 1) {
            throw new IllegalStateException("Run " + run.runId() + " has no row in kandji.sync_run");
        }
    }

    private int execute(Run run, String name) {
        return statement(run, name).update();
    }

    private JdbcClient.StatementSpec statement(Run run, String name) {
        return jdbc.sql(Statements.named(name))
                .param("runId", run.runId())
                .param("tenant", run.tenant())
                .param("slot", Timestamps.of(run.slot()))
                .param("now", Timestamps.of(clock.instant()));
    }

    private record Changes(long changed, long archived, long details) {}

    private record Assignments(int opened, int closed) {}
}
