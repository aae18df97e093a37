package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.RunEnd;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings one run to its end: takes the tenant's lease, finds the run that is asked for, begins it or goes on with it,
 * and records how it ended. What a dead process left behind is put right first: once the lease is ours, nobody is at
 * work on it. For one thread.
 */
public final class SyncRunner {

    private static final Logger log = LoggerFactory.getLogger(SyncRunner.class);

    private static final String DIED = "Its process died without a word: it was killed, or its machine was lost";

    private final Settings settings;
    private final Clock clock;
    private final Schema schema;
    private final TenantLease lease;
    private final SyncRuns runs;
    private final JdbcClient jdbc;
    private final LedgerBudget budget;
    private final JobRepository repository;
    private final JobOperator operator;
    private final Job job;
    private final StopSignal stop;
    private final Retention retention;
    private final SlotChooser slots;
    private final RunRecovery recovery;
    private final RunHistory history;
    private final RunFailures failures;
    private final SyncReports reports;

    SyncRunner(
            Settings settings,
            Clock clock,
            Schema schema,
            TenantLease lease,
            SyncRuns runs,
            JdbcClient jdbc,
            LedgerBudget budget,
            JobRepository repository,
            JobOperator operator,
            Job job,
            StopSignal stop,
            Retention retention) {
        this.settings = settings;
        this.clock = clock;
        this.schema = schema;
        this.lease = lease;
        this.runs = runs;
        this.jdbc = jdbc;
        this.budget = budget;
        this.repository = repository;
        this.operator = operator;
        this.job = job;
        this.stop = stop;
        this.retention = retention;
        this.slots = new SlotChooser(settings.slotLength());
        this.recovery = new RunRecovery(repository, operator, clock);
        this.history = new RunHistory(repository);
        this.failures = new RunFailures(runs, budget);
        this.reports = new SyncReports(new StepReports(repository), jdbc, clock);
    }

    /**
     * Runs what is asked for, until it is published, found finished, or failed.
     *
     * @return how it ended well
     * @throws FailureException how it failed, or why it was stopped; it is recorded, and the same request goes on with it
     */
    public SyncReport run(SyncRequest request) {
        Instant begin = clock.instant();
        try (lease) {
            DatabaseCheck database = new DatabaseCheck(jdbc);
            database.version();
            schema.bringUpToDate();
            database.rights();
            stop.interruptibly(() -> {
                lease.acquire(new StopAtOnce(stop));
                return null;
            });
            return runLeased(request, begin);
        } catch (FailureException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Failures.explain(e);
        }
    }

    /**
     * The request that goes on with a run, with what it was last started with.
     *
     * @param record the run's record
     */
    public SyncRequest goingOnWith(SyncRun record) {
        Slot slot = new Slot(record.run().slot());
        JobInstance instance = repository.getJobInstance(record.run().runId());
        JobExecution last = instance == null ? null : repository.getLastJobExecution(instance);
        SyncParameters parameters = last == null ? null : SyncParameters.of(last.getJobParameters());
        return parameters == null
                ? new SyncRequest(slot, false, false, false)
                : new SyncRequest(slot, false, parameters.acceptRejects(), parameters.fullDetails());
    }

    private SyncReport runLeased(SyncRequest request, Instant begin) {
        SlotChooser.Chosen chosen = slots.choose(
                request, clock.instant(), settings.jobName(), unfinishedOfJob(), runs.latestSlot(settings.tenant()));
        Slot slot = chosen.slot();
        LogFields.slot(slot);
        log.info("Tenant '{}', slot {}: {}", settings.tenant(), slot, chosen.why());
        putRightDeadRuns();
        JobParameters parameters = new SyncParameters(
                        settings.tenant(), slot, request.acceptRejects(), request.fullDetails())
                .toJobParameters();
        JobInstance instance = repository.getJobInstance(SyncJobConfiguration.JOB, parameters);
        if (instance == null) {
            slots.checkBeginnable(request, clock.instant());
            if (slot.hasPassedAt(clock.instant(), settings.slotLength())) {
                log.info("Slot {} passed before its Job could begin it", slot);
                return reports.report(SyncReport.Kind.EXPIRED, slot, null, begin);
            }
            return begin(slot, parameters, begin);
        }
        Optional<SyncRun> record = runs.find(run(slot, instance));
        if (record.filter(SyncRun::isFinished).isPresent()) {
            return finished(slot, record.get(), begin);
        }
        return resume(slot, instance, parameters, begin);
    }

    /** Their records, and what Spring Batch holds of them: whether or not anybody goes on with them. */
    private void putRightDeadRuns() {
        for (Long dead : runs.putRightDead(settings.tenant(), DIED, "Go on with it: `restart RUN_ID`")) {
            log.warn("The process that was at work on run {} died", dead);
            JobInstance instance = repository.getJobInstance(dead);
            if (instance != null) {
                recovery.recover(instance);
            }
        }
    }

    private Optional<Instant> unfinishedOfJob() {
        String jobName = settings.jobName();
        return jobName == null
                ? Optional.empty()
                : runs.findJob(settings.tenant(), jobName)
                        .filter(record -> !record.isFinished())
                        .map(record -> record.run().slot());
    }

    private SyncReport begin(Slot slot, JobParameters parameters, Instant begin) {
        Optional<SyncRun> known = runs.findSlot(settings.tenant(), slot.instant());
        if (known.isPresent()) {
            return withoutMetadata(slot, known.get(), begin);
        }
        Optional<Instant> newer = newerPublished(slot);
        if (newer.isPresent()) {
            log.info("Slot {} is superseded: {} is published", slot, newer.get());
            return reports.report(SyncReport.Kind.SUPERSEDED, slot, null, begin);
        }
        log.info("Tenant '{}', slot {}: beginning", settings.tenant(), slot);
        return start(slot, parameters, begin);
    }

    private Optional<Instant> newerPublished(Slot slot) {
        return runs.newestPublishedSlot(settings.tenant()).filter(newest -> newest.isAfter(slot.instant()));
    }

    /** The slot has a record, but Spring Batch knows nothing of it: its tables were lost or replaced. */
    private SyncReport withoutMetadata(Slot slot, SyncRun record, Instant begin) {
        if (record.isFinished()) {
            return finished(slot, record, begin);
        }
        throw new FailureException(
                ExitCode.CONFIGURATION,
                "Run " + record.run().runId() + " of slot " + slot
                        + " can't go on: the tables of schema batch, which hold how"
                        + " far it came, were lost, replaced or pruned",
                "Observe the fleet anew: `sync --again`",
                null);
    }

    private Run run(Slot slot, JobInstance instance) {
        return new Run(instance.getInstanceId(), settings.tenant(), slot.instant());
    }

    private SyncReport resume(Slot slot, JobInstance instance, JobParameters parameters, Instant begin) {
        if (history.isJobComplete(instance)) {
            log.info(
                    "Tenant '{}', slot {}: run {} was done, but for its record",
                    settings.tenant(),
                    slot,
                    instance.getInstanceId());
            return complete(slot, run(slot, instance), begin);
        }
        recovery.recover(instance);
        if (!history.isListingComplete(instance) && slot.hasPassedAt(clock.instant(), settings.slotLength())) {
            log.info("Slot {} passed before its listing was complete", slot);
            return giveUp(run(slot, instance), Outcome.EXPIRED, SyncReport.Kind.EXPIRED, begin);
        }
        Optional<Instant> newer = newerPublished(slot);
        boolean isPublished = runs.find(run(slot, instance))
                .filter(record -> record.outcome() == Outcome.PUBLISHED)
                .isPresent();
        if (newer.isPresent() && !isPublished) {
            log.info("Slot {} is superseded: {} is published", slot, newer.get());
            return giveUp(run(slot, instance), Outcome.SUPERSEDED, SyncReport.Kind.SUPERSEDED, begin);
        }
        log.info("Tenant '{}', slot {}: going on with run {}", settings.tenant(), slot, instance.getInstanceId());
        return start(slot, parameters, begin);
    }

    /** Without a request: what it would find could not be published. */
    private SyncReport giveUp(Run run, Outcome outcome, SyncReport.Kind kind, Instant begin) {
        log.info("Run {} is given up", run.runId());
        runs.begin(run, settings.jobName(), settings.runBy());
        runs.end(run, new RunEnd(outcome, ExitCode.OK.code(), null, null, null, true), 0);
        return reports.report(kind, new Slot(run.slot()), runs.find(run).orElse(null), begin);
    }

    private SyncReport start(Slot slot, JobParameters parameters, Instant begin) {
        JobExecution execution;
        try {
            execution = operator.start(job, parameters);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("Unable to start the job for slot " + slot, e);
        } catch (RuntimeException e) { // What Spring Batch could not write down ends a job without an end.
            throw failures.record(settings.tenant(), slot, Failures.explain(e));
        }
        Run run = SyncParameters.run(execution);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            FailureException failure = RunEnding.failure(execution);
            throw failures.record(run, failure, RunEnding.failedStep(execution));
        }
        return complete(slot, run, begin);
    }

    private SyncReport complete(Slot slot, Run run, Instant begin) {
        SyncRun before = runs.find(run)
                .orElseThrow(() -> new FailureException(
                        ExitCode.CONFIGURATION,
                        "Run " + run.runId() + " of slot " + slot
                                + " was done, but its record in kandji.sync_run is gone",
                        "Observe the fleet anew: `sync --again`",
                        null));
        boolean published = before.outcome() == Outcome.PUBLISHED;
        FailureException held = published ? reports.held(slot, before) : null;
        runs.end(
                run,
                new RunEnd(
                        published ? Outcome.PUBLISHED : Outcome.SUPERSEDED,
                        held == null ? ExitCode.OK.code() : held.exitCode().code(),
                        null,
                        held == null ? null : held.getMessage(),
                        held == null ? null : held.remedy(),
                        true),
                budget.unspent());
        if (published) {
            retention.afterRun();
        }
        SyncRun record = runs.find(run).orElseThrow();
        return reports.report(published ? SyncReport.Kind.PUBLISHED : SyncReport.Kind.SUPERSEDED, slot, record, begin);
    }

    private SyncReport finished(Slot slot, SyncRun record, Instant begin) {
        if (record.endedWith(ExitCode.TOO_MANY_REJECTS)) {
            throw new FailureException(
                    ExitCode.TOO_MANY_REJECTS,
                    "Slot " + slot + " is over: " + record.cause(),
                    String.valueOf(record.remedy()),
                    null);
        }
        return reports.report(SyncReport.Kind.ALREADY_FINISHED, slot, record, begin);
    }
}
