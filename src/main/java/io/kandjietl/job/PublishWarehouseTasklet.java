package io.kandjietl.job;

import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.PublicationResult.AlreadyPublished;
import io.kandjietl.warehouse.PublicationResult.Published;
import io.kandjietl.warehouse.PublicationResult.Superseded;
import io.kandjietl.warehouse.RejectLimits;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.RunningStatement;
import io.kandjietl.warehouse.WarehousePublication;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Publishes the warehouse in the step's transaction, together with the step's own metadata. */
final class PublishWarehouseTasklet implements Tasklet {

    private static final Logger log = LoggerFactory.getLogger(PublishWarehouseTasklet.class);

    private static final String HELD = "kandji.guard.held";

    private final WarehousePublication publication;
    private final RejectLimits limits;
    private final ArchivalGuard guard;
    private final DataSource pool;
    private final StopSignal stop;

    PublishWarehouseTasklet(
            WarehousePublication publication,
            RejectLimits limits,
            ArchivalGuard guard,
            DataSource pool,
            StopSignal stop) {
        this.publication = publication;
        this.limits = limits;
        this.guard = guard;
        this.pool = pool;
        this.stop = stop;
    }

    /** Why the guard held the archiving of devices back, as the step's context says; empty where it did not. */
    static Optional<String> held(ExecutionContext context) {
        return context.get(HELD) instanceof String why ? Optional.of(why) : Optional.empty();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        JobExecution execution = contribution.getStepExecution().getJobExecution();
        Run run = SyncParameters.run(execution);
        boolean acceptRejects = SyncParameters.of(execution.getJobParameters()).acceptRejects();
        RunningStatement statement = RunningStatement.ofTransaction(pool);
        switch (stop.cancellably(
                statement::cancel, () -> publication.publish(run, acceptRejects ? RejectLimits.NONE : limits, guard))) {
            case Published published -> {
                contribution.incrementWriteCount(published.devicesListed());
                if (published.held() != null) {
                    contribution.getStepExecution().getExecutionContext().putString(HELD, published.held());
                }
            }
            case AlreadyPublished already -> log.info("Slot {} had been published before the restart", run.slot());
            case Superseded superseded ->
                log.info("Slot {} is superseded: {} is published", run.slot(), superseded.newest());
        }
        return RepeatStatus.FINISHED;
    }
}
