package io.kandjietl.job;

import io.kandjietl.lake.Lake;
import io.kandjietl.lake.LakeSnapshot;
import io.kandjietl.lake.ParquetItemWriter;
import io.kandjietl.warehouse.PublishedRows;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.RunningStatement;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a published slot to the lake: both files from one read-only, repeatable picture of the warehouse, then the
 * manifest. Only while the slot is the newest published one: overtaken, it writes nothing. After a restart it begins
 * anew, to the same names.
 */
final class PublishLakeTasklet implements Tasklet {

    private static final Logger log = LoggerFactory.getLogger(PublishLakeTasklet.class);

    private static final int CHUNK = 1_000;

    private final @Nullable Lake lake;
    private final PublishedRows rows;
    private final SyncRuns runs;
    private final TenantLease lease;
    private final TransactionTemplate snapshot;
    private final DataSource pool;
    private final StopSignal stop;
    private final Progress progress;

    /**
     * Makes the tasklet.
     *
     * @param lake null when nothing is published to one
     * @param snapshot begins read-only transactions of REPEATABLE READ
     * @param pool where they come from
     */
    PublishLakeTasklet(
            @Nullable Lake lake,
            PublishedRows rows,
            SyncRuns runs,
            TenantLease lease,
            TransactionTemplate snapshot,
            DataSource pool,
            StopSignal stop,
            Progress progress) {
        this.lake = lake;
        this.rows = rows;
        this.runs = runs;
        this.lease = lease;
        this.snapshot = snapshot;
        this.pool = pool;
        this.stop = stop;
        this.progress = progress;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        Run run = SyncParameters.run(contribution.getStepExecution().getJobExecution());
        if (lake == null) {
            log.info("LAKE_URI is none: published to PostgreSQL alone");
            return RepeatStatus.FINISHED;
        }
        try (LakeSnapshot files = lake.begin(run.tenant(), run.slot(), run.runId(), lease::checkAside)) {
            boolean written = Boolean.TRUE.equals(snapshot.execute(status -> stop.cancellably(
                    RunningStatement.ofTransaction(pool)::cancel, () -> writeFiles(run, files, contribution))));
            if (written) {
                runs.markInLake(run, files.publish());
            }
        }
        return RepeatStatus.FINISHED;
    }

    private boolean writeFiles(Run run, LakeSnapshot files, StepContribution contribution) {
        Optional<Instant> newest = runs.newestPublishedSlot(run.tenant());
        if (newest.filter(run.slot()::equals).isEmpty()) {
            log.info(
                    "Slot {} does not go to the lake: {} is the newest published one", run.slot(), newest.orElse(null));
            return false;
        }
        lease.checkAside();
        files.removeUnfinished(); // What dead processes left: never a successor's.
        contribution.incrementWriteCount(write(files.devices(), sink -> rows.forEachDevice(run.tenant(), sink)));
        contribution.incrementWriteCount(
                write(files.assignments(), sink -> rows.forEachAssignment(run.tenant(), sink)));
        return true;
    }

    private <T> long write(ParquetItemWriter<T> writer, Consumer<Consumer<T>> source) {
        Chunk<T> chunk = new Chunk<>();
        source.accept(row -> {
            chunk.add(row);
            if (chunk.size() == CHUNK) {
                stop.check();
                writer.write(chunk);
                progress.advance(CHUNK);
                chunk.clear();
            }
        });
        writer.write(chunk);
        progress.advance(chunk.size());
        return writer.seal().rows();
    }
}
